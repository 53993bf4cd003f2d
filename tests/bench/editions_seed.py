"""Editions, their texts and the log, as many as years of use would leave; copied within the database."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from charters.models import Approval, Charter, CharterDocument, CharterMember, CharterTemplate, Section
from members.models import LogEntry, Membership, User, WorkingGroup

EDITIONS = [4, 5, 6, 7, 7, 8]  # of a group: some 50,000 of 9,000 groups, of which nine in ten have any
NAMED_EACH = 5  # members in an edition
KEPT_OF_A_DRAFT = 10  # revisions of each of its sections
BATCH = 5000
CONTENT = '{"indhold": "' + "Gruppen deler viden om løsningen. " * 120 + '"}'  # 4 kB, as an edition's
PDF = b"%PDF-1.7 " + b"0" * 2000


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def editions(
    groups: Sequence[WorkingGroup],
    memberships: dict[int, list[Membership]],
    by: User,
    chance: random.Random,
) -> list[Charter]:
    """Several editions of nine groups in ten, a tenth of them on an older text; those in force are returned.

    In one group of ten the newest is a draft, and half of those groups have adopted nothing.
    """
    made, drafts = _charters(groups, chance)
    for number in range(1, max(EDITIONS) + 1):  # a group has one draft, and one edition in force
        newest = [charter for charter in made if charter.number == number]
        Charter.objects.bulk_create(newest, batch_size=BATCH)
        _write(number)
        kept = {draft.pk for draft in drafts}
        _adopt([charter for charter in newest if charter.pk not in kept], memberships, by)
    _keep_revisions(drafts)
    _answer(by, chance)
    return list(Charter.objects.adopted().select_related("template").order_by("pk"))


def _charters(groups: Sequence[WorkingGroup], chance: random.Random) -> tuple[list[Charter], list[Charter]]:
    texts: dict[str, list[CharterTemplate]] = {}
    for text in CharterTemplate.objects.order_by("kind", "version"):
        texts.setdefault(text.kind, []).append(text)
    made, drafts = [], []
    for group in groups:
        if chance.random() > 0.9:
            continue
        is_new = chance.random() < 0.05
        number = 1 if is_new else chance.choice(EDITIONS)
        day = ago(chance.randrange(10, 380))
        of_group = [
            Charter(
                group=group,
                number=edition,
                template=texts[group.kind][0 if chance.random() < 0.1 else -1],
                group_name=group.name,
                dated_on=day - datetime.timedelta(days=365 * (number - edition)),
                review_on=day + datetime.timedelta(days=365),
            )
            for edition in range(1, number + 1)
        ]
        made += of_group
        if is_new or chance.random() < 0.05:
            of_group[-1].created_at = timezone.now() - datetime.timedelta(days=chance.choice([3, 90]))
            drafts.append(of_group[-1])
    return made, drafts


def _copy(into: type, from_: str, **columns: str) -> None:
    """Fill a table from others without a row of it passing through here."""
    table = into._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {from_}"
        )


def _write(number: int) -> None:
    """The standard text in each edition with a number."""
    same = ["key", "position", "heading", "body", "topic", "area", "must_be_filled", "prompt"]
    of_text = "charters_charter c JOIN charters_templatesection t ON t.template_id = c.template_id"
    _copy(
        Section,
        f"{of_text} WHERE t.removed_at IS NULL AND c.number = {number} ORDER BY c.id, t.position",
        **{name: f"t.{name}" for name in same},
        revision="0",
        source_id="t.id",
        has_offer="FALSE",
        charter_id="c.id",
        is_contested="FALSE",
    )


def _keep_revisions(drafts: Sequence[Charter]) -> None:
    """What the drafts' writers saved."""
    keys = ", ".join(str(draft.pk) for draft in drafts)
    numbers = " UNION ALL ".join(f"SELECT {number} AS n" for number in range(KEPT_OF_A_DRAFT))
    _copy(
        Section._meta.get_field("revisions").related_model,
        f"charters_section s CROSS JOIN ({numbers}) numbers WHERE s.charter_id IN ({keys})",
        section_id="s.id",
        number="n",
        heading="s.heading",
        body="s.body",
        saved_at="CURRENT_TIMESTAMP",
        act="''",
        aside="''",
    )


def _adopt(newest: Sequence[Charter], memberships: dict[int, list[Membership]], by: User) -> None:
    named = [
        CharterMember(charter=charter, position=i, person_id=seat.person_id, name="Person", role=seat.role)
        for charter in newest
        for i, seat in enumerate(memberships[charter.group_id][:NAMED_EACH], start=1)
    ]
    CharterMember.objects.bulk_create(named, batch_size=BATCH)
    documents = [CharterDocument(charter=charter, content=CONTENT, pdf=PDF) for charter in newest]
    CharterDocument.objects.bulk_create(documents, batch_size=BATCH)
    keys = [charter.pk for charter in newest]
    Charter.objects.adopted().filter(group__in=Charter.objects.filter(pk__in=keys).values("group")).update(
        state=Charter.State.SUPERSEDED, superseded_on=ago(5)
    )
    Charter.objects.filter(pk__in=keys).update(
        state=Charter.State.ADOPTED, adopted_at=timezone.now(), adopted_by=by, fingerprint="0" * 64
    )


def _answer(by: User, chance: random.Random) -> None:
    """Approvals of what is in force. One edition in twenty has members that never answered."""
    in_force = list(Charter.objects.adopted().order_by("pk").values_list("pk", flat=True))
    answered = [pk for pk in in_force if chance.random() > 0.05]
    members = CharterMember.objects.filter(charter__in=answered).order_by("pk")
    Approval.objects.bulk_create(
        [Approval(member=member, given_on=ago(5), recorded_by=by) for member in members], batch_size=BATCH
    )


def log_lines(by: User) -> None:
    """That each membership was made, and when people signed in."""
    data = "jsonb" if connection.vendor == "postgresql" else "text"
    same = {
        "object_repr": "''",
        "timestamp": "CURRENT_TIMESTAMP",
        "actor_id": str(by.pk),
        "cid": f"CAST(x.id / {BATCH} AS text)",
        "object_pk": "CAST(x.id AS text)",
        "object_id": "x.id",
    }
    kind = ContentType.objects.get_for_model(Membership).pk
    _copy(
        LogEntry,
        "members_membership x JOIN members_workinggroup g ON g.id = x.group_id",
        **same,
        content_type_id=str(kind),
        action=str(LogEntry.Action.CREATE),
        changes=f"""CAST('{{"role": [null, "member"]}}' AS {data})""",
        act="''",
        person_id="x.person_id",
        group_id="x.group_id",
        project_id="g.project_id",
    )
    _copy(
        LogEntry,
        "members_user x",
        **same,
        content_type_id=str(ContentType.objects.get_for_model(User).pk),
        action=str(LogEntry.Action.ACCESS),
        act="'signed_in'",
        person_id="x.id",
    )
