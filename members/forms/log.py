"""Searching the log."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.danish import contains
from members.forms.fields import DateInput
from members.forms.filters import SearchForm, any_of
from members.log.acts import LIST_ACTS, SIGN_IN_ACTS, acts_of_others
from members.models import Explanation, Membership, Organisation, Project, User, WorkingGroup
from members.models.log_entry import LogEntryQuerySet


class Kind(models.TextChoices):
    """What an entry is about."""

    PEOPLE = "personer", _("Personer")
    MEMBERSHIPS = "medlemskaber", _("Medlemskaber")
    GROUPS = "grupper", _("Grupper")
    PROJECTS = "projekter", _("Projekter")
    ORGANISATIONS = "organisationer", _("Organisationer")
    CHARTERS = "kommissorier", _("Kommissorier")
    LISTS = "lister", _("Lister ind og ud")
    SIGN_IN = "adgang", _("Login og adgang")


_MODELS: dict[str, list[type[models.Model]]] = {
    Kind.PEOPLE: [User],
    Kind.MEMBERSHIPS: [Membership],
    Kind.GROUPS: [WorkingGroup],
    Kind.PROJECTS: [Project, Explanation],
    Kind.ORGANISATIONS: [Organisation],
}


class LogFilter(SearchForm):
    """What of the log one asks to see."""

    q = forms.CharField(label=_("Om hvem eller hvad"), max_length=100, required=False)
    by = forms.CharField(label=_("Hvem gjorde det"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Slags"), choices=any_of(_("Alle"), Kind), required=False)
    since = forms.DateField(label=_("Fra"), widget=DateInput(), required=False)
    until = forms.DateField(label=_("Til"), widget=DateInput(), required=False)

    def apply(self, entries: LogEntryQuerySet) -> LogEntryQuerySet:
        """The entries that fit; a field that makes no sense narrows nothing, and is said."""
        if text := self.chosen("q"):
            entries = entries.filter(_about(text))
        if by := self.chosen("by"):
            entries = entries.filter(actor__in=User.objects.matching(by))
        if kind := self.chosen("kind"):
            entries = entries.filter(_of_kind(kind))
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since:
            entries = entries.filter(timestamp__gte=_start_of(since))
        if until:
            entries = entries.filter(timestamp__lt=_start_of(until + datetime.timedelta(days=1)))
        return entries


def _about(text: str) -> Q:
    """By the keys of what is found: the names themselves are not in the log."""
    named = contains(text, "search_key")
    organisations = Organisation.objects.filter(named)
    return (
        Q(person__in=User.objects.matching(text))
        | Q(group__in=WorkingGroup.objects.filter(named))
        | Q(project__in=Project.objects.filter(named))
        | Q(content_type=ContentType.objects.get_for_model(Organisation), object_id__in=organisations)
    )


def _of_kind(kind: str) -> Q:
    if kind == Kind.SIGN_IN:
        return Q(act__in=SIGN_IN_ACTS)
    if kind == Kind.LISTS:
        return Q(act__in=LIST_ACTS)
    if kind == Kind.CHARTERS:
        return Q(act__in=acts_of_others())
    types = ContentType.objects.get_for_models(*_MODELS[kind]).values()
    return Q(content_type__in=list(types)) & ~Q(act__in=[*SIGN_IN_ACTS, *LIST_ACTS])


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
