"""A person is made nameless: the row stays, for what hangs on it, and says nothing of who it was.

Source: GDPR art. 17. What a public body has adopted stands as it was, the name too (art. 17, 3 b and d).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, TextField, Value
from django.db.models.functions import Cast
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from members.log.acts import Act
from members.log.noting import note
from members.models import LogEntry, Membership, RegisterFile, SearchEntry, User
from members.privacy.alias import Alias
from members.privacy.rules import Fate, all_rules, typed_texts, value_at
from members.search.index import take

# Sent within the transaction, before the person's own row is changed, so that others can take the name out of
# what they keep. Arguments: person, alias.
being_anonymised = Signal()


def obstacles(person: User, *, by: User | None) -> list[str]:
    """Why ``by`` cannot anonymise the person now, in words; nothing where they can."""
    return list(_obstacles(person, by))


def _obstacles(person: User, by: User | None) -> Iterator[str]:
    if by and person.pk == by.pk:
        yield _("Du kan ikke anonymisere dig selv.")
    if person.is_active and (person.is_staff or person.is_superuser):
        yield _("Personen har adgang til administrationen. Deaktivér personen først.")
    for membership in Membership.objects.current_or_coming().filter(person=person).select_related("group"):
        yield _("Personen er med i %(group)s. Afslut medlemskabet først.") % {"group": membership.group}
    for project in person.facilitated_projects.open():
        yield _("Personen er tovholder for %(project)s. Vælg en anden først.") % {"project": project}


@transaction.atomic
def anonymise(person: User, *, by: User | None) -> None:
    """Take away all that tells who a person is, but for what is adopted; done already, nothing happens.

    Args:
        person: who.
        by: whoever does it; None where it is done again, after a backup was restored.

    Raises:
        ValidationError: something stands against it (``obstacles``).
    """
    # Lists first, as whoever brings one in does: one that is being brought in may put the person in a group.
    list(RegisterFile.objects.select_for_update().order_by("pk").values_list("pk"))
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_anonymised:
        return
    if found := obstacles(person, by=by):
        raise ValidationError(found)
    alias = Alias.drawn_for(person)
    for rule in all_rules():
        if rule.fate == Fate.DELETED:
            rule.rows(person).delete()
    being_anonymised.send(sender=User, person=person, alias=alias)
    _write_over_notes(alias)
    _write_over_admin(alias)
    _write_over_log(person, alias)
    _forget_lists(alias)
    _end_sessions(person, alias)
    _empty(person, alias, by=by)
    note(Act.ANONYMISED, person, actor=by)


def _empty(person: User, alias: Alias, *, by: User | None) -> None:
    """The row itself, by an update: nobody who listens to saved people is told the name once more."""
    take(SearchEntry.PERSON, person.pk)
    User.objects.filter(pk=person.pk).update(
        name=alias.name,
        email=alias.email,
        password=make_password(None),
        organisation=None,
        title="",
        phone="",
        is_active=False,
        is_staff=False,
        is_superuser=False,
        last_login=None,
        invited_at=None,
        mail_rhythm=User.MailRhythm.NEVER,
        anonymised_at=timezone.now(),
        anonymised_by=by,
    )


def _write_over_notes(alias: Alias) -> None:
    """The name in what was written when somebody handed their duties over."""
    for pk, said in Membership.objects.exclude(handover_note="").values_list("pk", "handover_note"):
        if alias.is_in(said):
            Membership.objects.filter(pk=pk).update(handover_note=alias.instead_in(said)[:1000])


# Of what a person's own row was changed to, the log keeps that it was changed.
PERSONAL = {"name", "email", "title", "phone", "organisation"}


def _write_over_log(person: User, alias: Alias) -> None:
    """What the register's log says of the person, and the name in whatever else was changed."""
    LogEntry.objects.filter(Q(person=person) | Q(actor=person)).update(remote_addr=None)
    said = {"changes_said": Cast("changes", TextField()), "more_said": Cast("additional_data", TextField())}
    entries = LogEntry.objects.alias(**said).filter(Q(person=person) | _any_in(said, alias.spelt))
    for entry in entries:
        changes, more = entry.changes or {}, entry.additional_data or {}
        if entry.model is User and entry.person_id == person.pk:
            changes = {name: pair for name, pair in changes.items() if name not in PERSONAL}
        LogEntry.objects.filter(pk=entry.pk).update(
            changes=_with_alias(changes, alias), additional_data=_with_alias(more, alias)
        )


def _with_alias(said: dict[str, Any], alias: Alias) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(alias.instead_in(json.dumps(said, ensure_ascii=False)))
    return told


def _write_over_admin(alias: Alias) -> None:
    """The name in what the administration has noted of its own doings."""
    texts = ("object_repr", "change_message")
    for entry in AdminEntry.objects.filter(_any_in(texts, alias.spelt)).only(*texts):
        entry.object_repr = alias.instead_in(entry.object_repr)[:200]
        entry.change_message = alias.instead_in(entry.change_message)
        entry.save(update_fields=texts)


def _forget_lists(alias: Alias) -> None:
    """Others' lists that wait to be brought in, and would put the person back in the register."""
    for file in RegisterFile.objects.all():
        if alias.is_in(json.dumps(file.rows, ensure_ascii=False)):
            file.delete()


def _end_sessions(person: User, alias: Alias) -> None:
    """Wherever the person is signed in, or has begun to sign in with their address."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        owner = data.get("_auth_user_id")
        is_begun = owner is None and alias.is_in(json.dumps(data, ensure_ascii=False, default=str))
        if owner == str(person.pk) or is_begun:
            session.delete()


def named_in(person: User) -> list[Any]:
    """What goes on naming the person, each with a page of its own: adopted charters."""
    rules = [rule for rule in all_rules() if rule.fate == Fate.NAMED]
    return [value_at(row, rule.place) for rule in rules for row in rule.in_order(person)]


def mentions(person: User) -> int:
    """How many texts that people have typed hold the person's full name or address; they are not changed."""
    first, *rest = [
        text.model._base_manager.filter(_any_in(text.fields, [person.name, person.email]))
        .order_by()
        .values(of=Value(text.model._meta.label))
        .annotate(how_many=Count("pk"))
        .values_list("of", "how_many")
        for text in typed_texts()
    ]
    return sum(count for _of, count in first.union(*rest, all=True).order_by("of"))


def _any_in(fields: Iterable[str], words: Sequence[str]) -> Q:
    """The condition that one of the words stands in one of the fields."""
    return reduce(Q.__or__, [Q((f"{field}__icontains", word)) for field in fields for word in words])
