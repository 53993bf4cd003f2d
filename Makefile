# `make demo` and `make test` need Python >= 3.12 and Pango, and fetch everything else into this folder.

PORT ?= 8000
# Some tests wait more than they work: two testers a core, and one more.
CORES := $(shell getconf _NPROCESSORS_ONLN)
TESTERS ?= $(shell echo $$(($(CORES) < 4 ? $(CORES) * 2 + 1 : 8)))

# pyenv's shims fail for versions that are not selected, so its versions are looked through too.
PYTHON := $(shell for candidate in "$$PYTHON" python3.13 python3.14 python3.12 python3 python \
	"$$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do \
	"$$candidate" -c 'import sys; sys.version_info >= (3, 12) and print(sys.executable)' 2>/dev/null \
	| grep . && break; done)
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
export UV_PYTHON := $(PYTHON)
RUN := $(UV) run --locked --quiet

# A dozen processes import the same code: what is compiled once is kept, whatever this machine says of other work.
test lint compiled proof: export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test lint compiled proof audit test-migrations test-move test-restore bench lock ready

demo: ready
	@$(UV) run --locked --no-dev manage.py demo --port $(PORT)

test: ready
	@$(MAKE) --no-print-directory --jobs 2 lint compiled
	$(RUN) pytest -n $(TESTERS) --dist worksteal
	$(RUN) pytest -n $$(($(CORES) + 1)) --dist worksteal --postgres -m "story or not (browser or no_database)"

# All that the testers import, compiled once: each would do it for itself, all at the same time. They tell of errors.
compiled: ready
	@$(RUN) pytest --collect-only -qqq >/dev/null || true

# Known vulnerabilities in what is locked. Needs the package index; one that cannot be asked about is a failure too.
audit: ready
	@$(UV) export --locked --all-groups --no-emit-project --quiet --output-file .audit.txt
	@$(UV) tool run pip-audit --strict --require-hashes --disable-pip --requirement .audit.txt

lint: ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) djlint --lint --quiet templates
	$(RUN) mypy
	$(RUN) lint-imports

# The long forms, which ask everything of everybody: a night's work.
proof: ready
	PROOF=true $(RUN) pytest -n $(TESTERS) --dist worksteal tests/browser/test_every_page.py tests/browser/test_keyboard.py \
		tests/browser/test_xss.py
	$(MAKE) test-migrations test-move test-restore
	$(RUN) pytest -n $(TESTERS) --dist worksteal --postgres -m "not browser"
	PROOF=true $(RUN) pytest -n $(CORES) --postgres tests/access/test_matrix.py
	PROOF=true $(RUN) pytest -n 0 --postgres tests/operations/test_faults.py
	PROOF=true $(RUN) pytest -n $(CORES) --timeout 0 tests/hostile
	PROOF=true $(RUN) pytest -n $(CORES) --timeout 0 --postgres tests/hostile
	PROOF=true $(RUN) pytest -n $(CORES) --timeout 0 -m hypothesis
	PROOF=true $(RUN) pytest -n 0 --timeout 0 tests/charters/test_machine.py
	PROOF=true $(RUN) pytest -n 0 --timeout 0 --postgres tests/charters/test_machine.py
	$(RUN) python -m tests.crash.kill9
	$(RUN) python -m tests.crash.kill9 --postgres
	PROOF=true $(RUN) pytest -n 0 tests/race/test_saving_at_once.py
	PROOF=true $(RUN) pytest -n 0 --postgres tests/race/test_saving_at_once.py
	$(RUN) python -m tests.race.mutate_locks
	$(RUN) python -m tests.access.mutate_guards

# Whole databases: forward, back and forward again; from SQLite to PostgreSQL; a backup under load, and back.
test-migrations: ready
	PROOF=true $(RUN) pytest -n 0 tests/operations/test_migrations.py
	PROOF=true $(RUN) pytest -n 0 --postgres tests/operations/test_migrations.py

test-move: ready
	PROOF=true $(RUN) pytest -n 0 --postgres tests/operations/test_moving.py

test-restore: ready
	PROOF=true $(RUN) pytest -n 0 tests/operations/test_backup.py
	PROOF=true $(RUN) pytest -n 0 --postgres tests/operations/test_backup.py

VERIFIED := $(shell mktemp -u)
# Timings, as ratios measured side by side in one run; never asserted in a test.
bench: ready
	@$(RUN) python -m tests.bench.pdf
	@$(RUN) python -m tests.bench.bundle
	@DATABASE_URL=sqlite:///$(VERIFIED) $(RUN) python -m tests.bench.whole 50000; rm -f $(VERIFIED)*
	@$(RUN) python -m tests.bench.register
	@$(RUN) python -m tests.bench.register --postgres
	@$(RUN) python -m tests.bench.meeting
	@$(RUN) python -m tests.bench.meeting --postgres
	@$(RUN) python -m tests.bench.meeting --usual
	@$(RUN) python -m tests.bench.meeting --usual --postgres
	@$(RUN) python -m tests.bench.saving
	@$(RUN) python -m tests.bench.saving --postgres
	@$(RUN) python -m tests.bench.flood
	@$(RUN) python -m tests.bench.flood --postgres
	@$(RUN) python -m tests.bench.machine
	@$(RUN) python -m tests.bench.machine --postgres

lock: ready
	$(UV) lock --upgrade

ready: $(if $(filter .uv/%,$(UV)),.uv/bin/uv)
	@test -n "$(PYTHON)" || { echo "Installér Python 3.12 eller nyere (Debian/Ubuntu: apt-get install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -m charters.documents.pango

.uv/bin/uv:
	@test -n "$(PYTHON)" || { echo "Installér Python 3.12 eller nyere (Debian/Ubuntu: apt-get install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -m venv .uv || { echo "Installér Pythons venv-modul (Debian/Ubuntu: apt-get install python3-venv)."; exit 1; }
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
