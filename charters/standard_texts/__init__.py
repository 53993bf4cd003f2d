"""OS2's three standard texts as files, and how they get into the database.

Each text is a TOML file: its sections in order, each with its heading, its text (plain, "- " before a point)
and what it means to a group (topic, area, must_be_filled; see ``charters.models.manuscript``).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from charters import text
from charters.kinds import KINDS, KindOfGroup
from charters.models import CharterTemplate, TemplateSection

HERE = Path(__file__).parent


@transaction.atomic
def load_standard_texts() -> list[CharterTemplate]:
    """Publish OS2's text for each type of group that has none yet; safe to run at any time.

    Returns:
        The standard texts that were added. A type that has a text, even the secretariat's own, is left alone.
    """
    return [_load(kind, of_group) for kind, of_group in KINDS.items() if not _has_text(kind)]


def sections_of(of_group: KindOfGroup) -> list[dict[str, Any]]:
    """What the file of a type of group holds: the fields of each section, in order."""
    content = tomllib.loads((HERE / of_group.standard_text).read_text(encoding="utf-8"))
    sections: list[dict[str, Any]] = content["sections"]
    return sections


def _has_text(kind: str) -> bool:
    return CharterTemplate.objects.of_kind(kind).exists()


def _load(kind: str, of_group: KindOfGroup) -> CharterTemplate:
    introduction = text.clean((HERE / "indledning.html").read_text(encoding="utf-8"))
    template = CharterTemplate.objects.create(kind=kind, introduction=introduction)
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=template, position=position, **section | {"body": text.clean(section.get("body", ""))}
        )
        for position, section in enumerate(sections_of(of_group), start=1)
    )
    template.publish(by=None, note="OS2s standardtekst.")
    return template
