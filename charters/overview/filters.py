"""Narrowing the overview: one form for the page, the files and "Skal rettes"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.overview.faults import Fault
from charters.overview.scope import Scope, State, in_state
from members import shortfalls
from members.danish import contains
from members.forms.filters import SearchForm, any_of
from members.models import Membership, Organisation, Project, User, WorkingGroup
from members.models.group import WorkingGroupQuerySet
from members.models.project import ProjectQuerySet

Kind = WorkingGroup.Kind


class Order(models.TextChoices):
    """How the rows are sorted; a minus turns it around. By name where nothing is asked."""

    NAME_DOWN = "-navn", _("Navn, omvendt")
    LEVEL = "niveau", _("Niveau")
    LEVEL_DOWN = "-niveau", _("Niveau, omvendt")
    MOST = "-rettes", _("Mest at rette")
    LEAST = "rettes", _("Mindst at rette")


class OverviewFilter(SearchForm):
    """Search, level, type, organisation and state."""

    q = forms.CharField(label=_("Projekt, gruppe eller person"), max_length=100, required=False)
    level = forms.ChoiceField(label=_("Niveau"), choices=any_of(_("Alle"), Project.Level), required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=any_of(_("Alle"), Kind), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    state = forms.ChoiceField(label=_("Tilstand"), choices=any_of(_("Alle"), State), required=False)
    sort = forms.ChoiceField(choices=any_of("", Order), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(pk), name) for pk, name in Organisation.objects.values_list("pk", "name")]
        organisation: Any = self.fields["organisation"]
        organisation.choices = [("", _t("Alle")), *named]
        self.full_clean()  # now that it is known which there are

    @property
    def is_narrowed(self) -> bool:
        return any(self.chosen(name) for name in self.fields if name != "sort")

    @property
    def shows_projects(self) -> bool:
        """Whether projects are asked for: a faggruppe need not have one."""
        return self.chosen("kind") != Kind.PROFESSIONAL

    @property
    def shows_professional(self) -> bool:
        return self.chosen("kind") in ("", Kind.PROFESSIONAL) and not self._lacks_group

    @property
    def scope(self) -> Scope:
        """The open groups and projects that match."""
        groups = self._groups()
        return Scope(groups.filter(self._is_found()), self._projects(groups))

    @property
    def _lacks_group(self) -> bool:
        return self.chosen("state") == State.NO_GROUP

    def _groups(self) -> WorkingGroupQuerySet:
        """What is asked of the groups themselves, whatever is searched for."""
        groups = WorkingGroup.objects.open()
        for name, lookup in (("level", "project__level"), ("kind", "kind")):
            if value := self.chosen(name):
                groups = groups.filter(**{lookup: value})
        if organisation := self.chosen("organisation"):
            taking_part = Membership.objects.current().filter(organisation=int(organisation))
            groups = groups.filter(pk__in=taking_part.values("group"))
        if self._lacks_group:
            return groups.filter(project__in=shortfalls.without_steering_group(Project.objects.all()))
        state = self.chosen("state")
        return in_state(groups, State(state)) if state else groups

    def _projects(self, groups: WorkingGroupQuerySet) -> ProjectQuerySet:
        if not self.shows_projects:
            return Project.objects.none()
        projects = Project.objects.open()
        if level := self.chosen("level"):
            projects = projects.filter(level=level)
        if self._lacks_group:
            projects = shortfalls.without_steering_group(projects)
        asked_of_groups = ("organisation",) if self._lacks_group else ("organisation", "kind", "state")
        if any(self.chosen(name) for name in asked_of_groups):
            projects = projects.filter(pk__in=groups.exclude(project=None).values("project"))
        if text := self.chosen("q"):
            named = contains(text, "search_key", "facilitator__search_key")
            found = groups.filter(self._is_found()).exclude(project=None)
            projects = projects.filter(named | Q(pk__in=found.values("project")))
        return projects

    def _is_found(self) -> Q:
        """That a group, its project or one of its members is called what is searched for."""
        text = self.chosen("q")
        if not text:
            return Q()
        people = User.objects.filter(contains(text, "search_key"))
        seats = Membership.objects.current().filter(person__in=people.values("pk"))
        return contains(text, "search_key", "project__search_key") | Q(pk__in=seats.values("group"))


class MendingFilter(OverviewFilter):
    """The same, and what is wrong; of one project or group where one comes from its row."""

    fault = forms.ChoiceField(label=_("Hvad"), choices=any_of(_("Alt"), Fault), required=False)
    project = forms.SlugField(max_length=90, required=False, widget=forms.HiddenInput)
    group = forms.SlugField(max_length=90, required=False, widget=forms.HiddenInput)

    @property
    def scope(self) -> Scope:
        found = super().scope
        if slug := self.chosen("group"):
            return Scope(found.groups.filter(slug=slug), found.projects.none())
        if slug := self.chosen("project"):
            return Scope(found.groups.filter(project__slug=slug), found.projects.filter(slug=slug))
        return found

    @property
    def only(self) -> str:
        """The address part of the one project or group that is asked for."""
        return self.chosen("group") or self.chosen("project")

    @property
    def fault_chosen(self) -> Fault | None:
        value = self.chosen("fault")
        return Fault(value) if value else None
