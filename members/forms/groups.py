"""Creating, correcting and closing a group."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.forms.closing import ClosingForm
from members.forms.fields import DateInput, not_in_the_future
from members.forms.whole import WholeInstanceForm
from members.layout import page_helper
from members.models import Organisation, Project, WorkingGroup
from members.submissions import SubmissionForm

_BESIDE = {
    "workinggroup_project_required": "project",
    "workinggroup_parent_only_coordination": "parent",
    "workinggroup_unique_slug": "slug",
    "workinggroup_one_open_steering": "project",
    "workinggroup_one_open_coordination": "project",
    "workinggroup_closed_after_established": "closed_on",
}


class OwnGroupForm(WholeInstanceForm):
    """What those who lead a group may correct themselves; the rest is the secretariat's."""

    beside = _BESIDE

    class Meta:
        model = WorkingGroup
        fields = ["driven_by", "first_meeting_on"]
        widgets = {"first_meeting_on": DateInput()}

    def __init__(self, *args: Any, cancel: str, submit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["driven_by"].queryset = Organisation.objects.all()  # type: ignore[attr-defined]
        if self.instance.kind != WorkingGroup.Kind.STEERING:
            self.fields.pop("board_approved_on", None)
        self.helper = page_helper(*self.fields, submit=submit or _t("Gem"), cancel=cancel)


class GroupForm(OwnGroupForm):
    """All of a group."""

    class Meta(OwnGroupForm.Meta):
        fields = [
            "kind",
            "project",
            "parent",
            "name",
            "slug",
            "driven_by",
            "visibility",
            "established_on",
            "first_meeting_on",
            "board_approved_on",
        ]
        widgets = dict.fromkeys(["established_on", "first_meeting_on", "board_approved_on"], DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = Project.objects.filter(Q(closed_on=None) | Q(pk=self.instance.project_id))
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        running = Q(closed_on=None) | Q(pk=self.instance.parent_id)
        parents = self.fields["parent"].queryset.filter(running)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = parents.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]

    def clean_board_approved_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["board_approved_on"]
        return not_in_the_future(day) if day else None


class NewGroupForm(SubmissionForm, GroupForm):
    """A new group; its address is made from its name, and the board has yet to hear of it."""

    class Meta(GroupForm.Meta):
        fields = [name for name in GroupForm.Meta.fields if name not in ("slug", "board_approved_on")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, submit=_t("Opret gruppen"), **kwargs)
        self.fields["established_on"].initial = timezone.localdate


class CloseGroupForm(ClosingForm):
    submit = _("Nedlæg gruppen")
    beside = _BESIDE

    class Meta(ClosingForm.Meta):
        model = WorkingGroup
