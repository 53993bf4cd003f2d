"""Searching and filtering the register's lists. What makes no sense filters nothing and is said."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Project, User, WorkingGroup
from members.models.project import ProjectQuerySet
from members.models.user import UserQuerySet


class Standing(models.TextChoices):
    """Whether a group or project still runs."""

    OPEN = "open", _("Åbne")
    CLOSED = "closed", _("Nedlagte")
    ALL = "all", _("Alle")


class FilterForm(forms.Form):
    """Choices in a row; sent by GET, so that what is shown has an address."""

    attrs: ClassVar[dict[str, Any]] = {}  # of the form's element

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_class = "filter"
        helper.form_show_errors = True
        helper.attrs = {"novalidate": "", **self.attrs}
        helper.layout = Layout(
            *self.fields, Submit("", _t("Vis"), css_class="btn btn-secondary mb-3", css_id="")
        )
        return helper

    def chosen(self, name: str) -> str:
        """What was asked for, empty when nothing or nonsense was."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def is_narrowed(self) -> bool:
        """Whether the list may be shorter than it is unasked."""
        return any(self.chosen(name) for name in self.fields)


class SearchForm(FilterForm):
    """Choices, and a field to search in before them."""

    q = forms.CharField(label=_("Søg"), max_length=100, required=False)
    attrs = {"role": "search"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        self.is_valid()


def any_of(label: Any, choices: type[models.TextChoices]) -> list[tuple[str, Any]]:
    return [("", label), *choices.choices]


class GroupFilter(SearchForm):
    kind = forms.ChoiceField(label=_("Type"), choices=any_of(_("Alle"), WorkingGroup.Kind), required=False)
    level = forms.ChoiceField(label=_("Niveau"), choices=any_of(_("Alle"), Project.Level), required=False)
    standing = forms.ChoiceField(
        label=_("Tilstand"),
        choices=[("", Standing.OPEN.label), *Standing.choices[1:]],
        required=False,
    )

    def apply(self, groups: QuerySet[WorkingGroup]) -> QuerySet[WorkingGroup]:
        if text := self.chosen("q"):
            groups = groups.matching(text)  # type: ignore[attr-defined]
        if kind := self.chosen("kind"):
            groups = groups.filter(kind=kind)
        if level := self.chosen("level"):
            groups = groups.filter(project__level=level)
        return groups.filter(_standing(self.chosen("standing")))


class ProjectFilter(SearchForm):
    level = forms.ChoiceField(label=_("Niveau"), choices=any_of(_("Alle"), Project.Level), required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=any_of(_("Alle"), Project.Kind), required=False)
    standing = forms.ChoiceField(
        label=_("Tilstand"),
        choices=[("", Standing.OPEN.label), ("closed", _("Afsluttede")), ("all", Standing.ALL.label)],
        required=False,
    )

    def apply(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        if text := self.chosen("q"):
            projects = projects.matching(text)
        for name in ("level", "kind"):
            if value := self.chosen(name):
                projects = projects.filter(**{name: value})
        return projects.filter(_standing(self.chosen("standing")))


def _standing(value: str) -> Q:
    if value == Standing.ALL:
        return Q()
    return Q(closed_on__isnull=value != Standing.CLOSED)


class PersonFilter(SearchForm):
    class Login(models.TextChoices):
        HAS = "har", _("Har adgang")
        INVITED = "inviteret", _("Inviteret")
        NONE = "ingen", _("Ingen adgang")
        INACTIVE = "inaktiv", _("Inaktive")
        ANONYMISED = "anonymiseret", _("Anonymiserede")

    login = forms.ChoiceField(label=_("Adgang"), choices=any_of(_("Alle aktive"), Login), required=False)

    def apply(self, people: UserQuerySet) -> UserQuerySet:
        if text := self.chosen("q"):
            people = people.matching(text)
        login = self.chosen("login")
        if login == self.Login.INACTIVE:
            return people.filter(is_active=False, anonymised_at=None)
        if login == self.Login.ANONYMISED:
            return people.exclude(anonymised_at=None)
        people = people.filter(is_active=True)
        # An unusable password is stored with a leading "!" (django.contrib.auth.hashers).
        without = Q(password__startswith="!") | Q(password="")  # noqa: S106
        if login == self.Login.HAS:
            return people.exclude(without)
        if login:
            return people.filter(without, invited_at__isnull=login == self.Login.NONE)
        return people


class OrganisationFilter(SearchForm):
    kind = forms.ChoiceField(label=_("Type"), choices=any_of(_("Alle"), Organisation.Kind), required=False)

    def apply(self, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
        if text := self.chosen("q"):
            organisations = organisations.matching(text)  # type: ignore[attr-defined]
        if kind := self.chosen("kind"):
            organisations = organisations.filter(kind=kind)
        return organisations


class PersonSearch(forms.Form):
    """Find somebody to add to a group."""

    q = forms.CharField(
        label=_("Navn, e-mail eller organisation"), min_length=2, max_length=100, required=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "filter"
        self.helper.attrs = {"role": "search", "novalidate": ""}
        self.helper.layout = Layout("q", Submit("", _t("Søg"), css_class="btn btn-primary mb-3", css_id=""))

    def found(self) -> UserQuerySet:
        """Active people who match; nobody until something is asked for."""
        if not self.is_valid():
            return User.objects.none()  # type: ignore[no-any-return]
        people = User.objects.filter(is_active=True).matching(self.cleaned_data["q"])
        return people.select_related("organisation")  # type: ignore[no-any-return]
