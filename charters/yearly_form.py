"""The three questions of the yearly check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charters.models import YearlyCheck
from charters.yearly import check
from members.forms.whole import WholeInstanceForm
from members.models import User, WorkingGroup
from members.submissions import SubmissionForm

QUESTIONS = ["members_right", "obligations_right", "charter_right"]


class YearlyCheckForm(SubmissionForm, WholeInstanceForm):
    """A new check; its page puts the questions beside what they are about."""

    class Meta:
        model = YearlyCheck
        fields = QUESTIONS

    def __init__(self, *args: Any, group: WorkingGroup, by: User, **kwargs: Any) -> None:
        super().__init__(*args, instance=YearlyCheck(group=group, made_by=by), **kwargs)
        for name in QUESTIONS:
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=[("ja", _("Ja")), ("nej", _("Nej"))],
                coerce=lambda answer: answer == "ja",
                widget=forms.RadioSelect,
                error_messages={"required": _("Svar ja eller nej.")},
            )
            self.initial.pop(name, None)

    def write(self) -> YearlyCheck:
        """Store the answers.

        Raises:
            ValidationError: there is nothing to check any more.
        """
        made: YearlyCheck = self.instance
        check(made)
        return made
