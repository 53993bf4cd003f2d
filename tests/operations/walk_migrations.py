"""Every migration of ours forward, back and forward again, with rows in every table that has people in it.

``python -m tests.operations.walk_migrations`` on the empty database in DATABASE_URL. It walks back from the
newest: at each migration one step back, forward, and back again. What the older tables held must be there
after the step forward and back; then every adopted edition must say what was adopted. In the end each app
goes back to nothing, and comes again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - after the setup
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from charters.verifying import editions  # noqa: E402
from tests import factories  # noqa: E402
from tests.cast import Cast  # noqa: E402
from tests.support.everything import hold_everything_about  # noqa: E402

OURS = ("members", "charters")
# Filled anew by what comes after every migrate.
DERIVED = {"django_migrations", "django_content_type", "auth_permission", "auth_group_permissions"}


def fill() -> None:
    """The cast, somebody who is in every table, and editions of which one follows the other."""
    call_command("migrate", verbosity=0)
    cast = Cast.create()
    edition = factories.adopted(cast.steering, by=cast.karen, real_pdf=True)
    factories.bundle(cast.karen)
    edition.next_edition(by=cast.karen, reason="Nyt").give_up(by=cast.karen)
    draft = edition.next_edition(by=cast.karen, reason="Nyt")
    factories.point_choice(draft.standing_sections()[1])
    hold_everything_about(factories.user("Bo Ek"))


def rows() -> dict[str, str]:
    """What each table holds, as one short mark."""
    return {name: _mark(name) for name in connection.introspection.table_names() if name not in DERIVED}


def _mark(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        names = [column[0] for column in cursor.description]
        found = [sorted(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]
    return hashlib.sha256(repr((sorted(names), sorted(map(repr, found)))).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def steps() -> list[tuple[str, str, str]]:
    """Each migration of ours that has one before it, the newest first: app, the one before, its name."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    found = []
    for migration, _back in reversed(plan):
        before = [name for app, name in migration.dependencies if app == migration.app_label]
        if migration.app_label in OURS and before:
            found.append((migration.app_label, before[0], migration.name))
    return found


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a program's answer


def main() -> None:
    fill()
    whole = rows()
    for app, before, name in steps():
        call_command("migrate", app, before, verbosity=0)
        older = rows()
        call_command("migrate", app, name, verbosity=0)
        call_command("migrate", app, before, verbosity=0)
        changed = [table for table, mark in rows().items() if older.get(table) != mark]
        say(f"{app} {name}: frem og tilbage, {changed or 'uændret'}")
        if changed:
            sys.exit(1)
    call_command("migrate", verbosity=0)
    # What a later migration brought is new again, and empty: obligations and the log are not asked here.
    lost = whole.keys() - rows().keys()
    kept = [*editions.editions()]
    wrong = [fault for charter in kept for fault in editions.faults_of_text(charter)]
    say(f"{len(kept)} udgaver læst. Fejl i dem: {wrong}")
    # The first of an app has none before it: back of that, there is nothing.
    for app in reversed(OURS):
        call_command("migrate", app, "zero", verbosity=0)
        left = [table for table in rows() if table.startswith(f"{app}_")]
        say(f"{app} helt tilbage, {left or 'intet er efterladt'}")
        if left:
            sys.exit(1)
    call_command("migrate", verbosity=0)
    lost |= whole.keys() - rows().keys()
    say(f"Tabeller, der ikke kom igen: {sorted(lost)}")
    sys.exit(bool(lost or wrong or not kept))


if __name__ == "__main__":
    main()
