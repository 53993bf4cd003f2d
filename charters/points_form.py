"""The form in which a group says which points of its draft are obligations, and which of them live on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models import Obligation, PointChoice
from charters.models.prose import Area
from charters.obligations.outlook import Outlook
from charters.obligations.stated import Point

MARKING, FORMER = "marking", "former"
NEW = "new"
# A field of a point, by what it says and the point's key (``stated.key_of``).
_FIELD = re.compile(rf"({MARKING}|{FORMER})-([0-9]{{1,18}}-[0-9a-f]{{16}})", re.ASCII)
_AS_SECTION = {
    "": _("Nej, som afsnittet"),
    Area.DEVELOPMENT: _("Ja, som afsnittet (udvikling)"),
    Area.ECONOMIC: _("Ja, som afsnittet (økonomi)"),
}
_AS_SAID = {
    PointChoice.Marking.NONE: _("Nej"),
    PointChoice.Marking.DEVELOPMENT: _("Ja, udvikling"),
    PointChoice.Marking.ECONOMIC: _("Ja, økonomi"),
}
_LENGTH = 90  # of an obligation's words in a list to choose from


class PointsForm(forms.Form):
    """Two fields a point: whether it is an obligation, and which one it continues.

    Each is sent with what it said when the page was shown. Only what this writer changed is saved, and a
    point that another has rewritten meanwhile is known to have been one.
    """

    def __init__(self, *args: Any, outlook: Outlook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outlook = outlook
        self._standing = {str(obligation.pk): obligation for obligation in outlook.standing}
        for section in outlook.sections:
            for point in outlook.points(section):
                self.fields[f"{MARKING}-{point.key}"] = self._marking(point)
                if self._standing:
                    self.fields[f"{FORMER}-{point.key}"] = self._former(point)

    def of(self, point: Point) -> tuple[BoundField, BoundField | None]:
        """The fields of a point; without obligations from before there is none to continue."""
        former = f"{FORMER}-{point.key}"
        return self[f"{MARKING}-{point.key}"], self[former] if former in self.fields else None

    @property
    def said(self) -> dict[str, dict[str, Any]]:
        """What was changed, as ``choose`` takes it; also of points that this form does not know."""
        said: dict[str, dict[str, Any]] = {}
        for about, key, value in self._changed():
            said.setdefault(key, {}).update(self._fields(about, value))
        return said

    def clean(self) -> dict[str, Any]:
        """One obligation lives on in one point."""
        seen = set()
        for name in self.fields:
            former = self.cleaned_data.get(name) if name.startswith(FORMER) else None
            if former in seen:
                self.add_error(name, _t("Et andet punkt viderefører allerede den forpligtelse."))
            if former in self._standing:
                seen.add(former)
        return self.cleaned_data

    def _changed(self) -> Iterator[tuple[str, str, str]]:
        for name, value in self.data.items():
            field = _FIELD.fullmatch(name)
            if field and value != self.data.get(f"initial-{name}", ""):
                yield field[1], field[2], str(value)

    def _fields(self, about: str, value: str) -> dict[str, Any]:
        if about == MARKING:
            return {"marking": value if value in PointChoice.Marking.values else ""}
        return {"is_new": value == NEW, "continues": self._standing.get(value)}

    def _marking(self, point: Point) -> forms.ChoiceField:
        choices = [("", _AS_SECTION[point.section.area]), *_AS_SAID.items()]
        label = _t("Er det en forpligtelse? %(words)s") % {"words": point.wording}
        return _choice(label, choices, initial=point.choice.marking if point.choice else "")

    def _former(self, point: Point) -> forms.ChoiceField:
        reckoned = [("", _t("Som systemet har fundet")), (NEW, _t("Den er ny"))]
        choices = [*reckoned, *((pk, _short(obligation)) for pk, obligation in self._standing.items())]
        label = _t("Hvilken forpligtelse viderefører punktet? %(words)s") % {"words": point.wording}
        return _choice(label, choices, initial=self._said_before(point))

    def _said_before(self, point: Point) -> str:
        if point.choice is None:
            return ""
        continues = str(point.choice.continues_id)
        return NEW if point.choice.is_new else continues if continues in self._standing else ""


def _choice(label: str, choices: list[tuple[str, Any]], *, initial: str) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(
        label=label, choices=choices, initial=initial, required=False, widget=widget, show_hidden_initial=True
    )


def _short(obligation: Obligation) -> str:
    return Truncator(obligation.wording).chars(_LENGTH)
