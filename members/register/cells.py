"""What the words in a list mean: days, roles, addresses, and what no cell should hold."""

from __future__ import annotations

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from members.models import Membership

Role = Membership.Role

_MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_BY_NAME = {name: number for number, name in enumerate(_MONTHS, start=1)} | {"may": 5, "oct": 10}
_TIME = r"(?:[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_DANISH = re.compile(rf"(\d{{1,2}})[-/. ]+(\d{{1,2}})[-/. ]+(\d{{4}}){_TIME}")
_SPELT = re.compile(r"(?:den )?(\d{1,2})\.? ?(?:of )?([a-z]{3})[a-z]*\.?,? (\d{4})")

# Beside the Danish labels and the stored values.
_ROLES = {
    Role.CHAIR: "chair, chairman, chairwoman, chairperson, forperson, forkvinde, styregruppeformand",
    Role.VICE_CHAIR: "vice chair, vice chairman, vice chairperson, deputy chair, næstforperson",
    Role.FACILITATOR: "facilitator, coordinator, koordinator",
    Role.PROJECT_MANAGER: "project manager, project lead, projektledelse",
    Role.PRODUCT_COORDINATOR: "product coordinator",
    Role.PRODUCT_OWNER: "product owner, produktejer, po",
    Role.MEMBER: "member, gruppemedlem, menigt medlem, deltager, participant",
    Role.SUBSTITUTE: "substitute, deputy, alternate, stedfortræder",
    Role.SUPPLIER: "supplier, vendor, supplier representative, leverandør, leverandørrepræsentant",
    Role.OBSERVER: "observer",
}
_ROLE_BY_WORD = {
    word.strip().lower(): role
    for role, words in _ROLES.items()
    for word in (*words.split(","), role.value, str(role.label))
}

_BROKEN = re.compile(r"=.|#(?:REF|N/A|VALUE|VÆRDI|NAME|NAVN|DIV/0|NUM|NULL|SPILL|I/T)[!?]?", re.IGNORECASE)
# UTF-8 that was read as Windows-1252 once too often: "SÃ¸ren".
_GARBLED = re.compile("Ã[¦¸¥†˜…©¼¶¤\u0098\u0085\u0086]|�")


def wrong_with(words: str) -> str:
    """What is the matter with a cell whatever column it is in; empty when nothing is."""
    if _BROKEN.match(words):
        return _("»%(words)s« er en formel uden resultat eller en fejl fra regnearket.") % {
            "words": words[:40]
        }
    if _GARBLED.search(words):
        said = _("»%(words)s« er skrevet med forkerte tegn. Gem filen igen som .xlsx eller »CSV UTF-8«.")
        return said % {"words": words[:40]}
    if not words.replace("\u200d", "").isprintable():  # it joins emoji
        return _("En celle har tegn, der ikke kan læses.")
    return ""


def unquoted(words: str) -> str:
    """The words of a cell that was made harmless on its way out, see ``members.spreadsheet.cell``."""
    return words[1:] if re.match(r"'\s*[=+\-@\uff1d\uff0b\uff0d\uff20]", words) else words


def day_of(words: str) -> datetime.date:
    """The day that is written: 24.11.2026, 24-11-2026, 2026-11-24 or 24. november 2026.

    Raises:
        ValueError: it is none, in words for the user.
    """
    text = words.lower()
    try:
        if found := _ISO.fullmatch(text.upper()):
            return datetime.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DANISH.fullmatch(text.upper()):
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        found = _SPELT.fullmatch(text)
        if found and found[2] in _BY_NAME:
            return datetime.date(int(found[3]), _BY_NAME[found[2]], int(found[1]))
    except ValueError:
        pass  # the 31st of February
    raise ValueError(
        _("»%(words)s« er ikke en dato. Skriv den som 24.11.2026, med alle fire cifre i årstallet.")
        % {"words": words[:40]}
    )


def role_of(words: str) -> Role:
    """The role by its Danish label, an English word or the stored value.

    Raises:
        ValueError: there is none, in words for the user.
    """
    role = _ROLE_BY_WORD.get(words.lower().rstrip("."))
    if role is None:
        labels = ", ".join(str(label).lower() for label in Role.labels)
        raise ValueError(
            _("Rollen »%(words)s« kendes ikke. Brug en af: %(labels)s.")
            % {"words": words[:40], "labels": labels}
        )
    return role


def email_of(words: str) -> str:
    """The address in lower case; written as "Karen <karen@odder.example>" or "mailto:" too.

    Raises:
        ValueError: it is none, in words for the user.
    """
    address = words.lower().removeprefix("mailto:").strip()
    if found := re.fullmatch(r"[^<>]*<([^<>]+)>", address):
        address = found[1].strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError(_("»%(words)s« er ikke en e-mailadresse.") % {"words": words[:60]}) from error
    return address
