"""A whole database in another one: equal counts, equal bytes, and the next row gets a key of its own."""

from __future__ import annotations

import pytest

from tests.support.databases import another_database, manage, on_postgres, sqlite_file
from tests.support.proof import IS_PROOF

COUNTS = (
    "from django.apps import apps; import json; from charters.models import *; from members.models import *; "
    "print(sorted((m._meta.label, m._base_manager.count()) for m in apps.get_models())); "
    "print(list(Charter.objects.order_by('pk').values_list('pk', 'fingerprint', 'adopted_at'))); "
    "print(list(CharterDocument.objects.order_by('pk').values_list('pk', 'pdf_sha256'))); "
    "print(list(User.objects.order_by('pk').values_list('pk', 'email', 'date_joined', 'password'))); "
    "print([json.dumps([e.pk, e.changes, e.additional_data], sort_keys=True) "
    "for e in LogEntry.objects.order_by('pk')])"
)
NEW_ROWS = (
    "from members.models import *; o = Organisation.objects.create(name='Ny'); "
    "u = User.objects.create_user('ny@kommune.example', name='Ny'); "
    "g = WorkingGroup.objects.exclude(project=None).filter(closed_on=None)[0]; g.add(u); print(o.pk, u.pk)"
)


def shell(code: str, url: str) -> str:
    return manage("shell", "--no-imports", "-c", code, url=url).stdout


@pytest.mark.long(90)
@pytest.mark.skipif(not on_postgres(), reason="the way that is gone is from SQLite to PostgreSQL")
def test_the_demo_moves_to_postgresql_and_is_the_same_to_the_byte() -> None:
    with sqlite_file() as old, another_database() as new:
        manage("demo", "--no-serve", url=old)
        if IS_PROOF:
            manage("shell", "--no-imports", "-c", "from tests.bench.whole import fill; fill(5000)", url=old)
        assert "rækker er kopieret" in manage("copy_from", old, url=new).stdout
        assert shell(COUNTS, new) == shell(COUNTS, old)
        assert "Alt er, som det skal være" in manage("verify", url=new).stdout
        assert shell(NEW_ROWS, new)
        refused = manage("copy_from", old, url=new, check=False)
        assert refused.returncode != 0
        assert "ikke tom" in refused.stderr
        if IS_PROOF:  # and back
            with sqlite_file() as again:
                manage("copy_from", new, url=again)
                assert shell(COUNTS, again) == shell(COUNTS, new)
                assert "Alt er, som det skal være" in manage("verify", url=again).stdout


@pytest.mark.skipif(not IS_PROOF, reason="a long one: make test-move")
def test_nothing_is_copied_from_another_version() -> None:
    with sqlite_file() as old, another_database() as new:
        refused = manage("copy_from", old, url=new, check=False)
        assert refused.returncode != 0
        assert "ikke lige nye" in refused.stderr
