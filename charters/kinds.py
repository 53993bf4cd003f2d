"""The one table of what depends on a group's type; nothing else asks ``if kind == ...``."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import WorkingGroup

Text = str | Promise


@dataclass(frozen=True)
class KindOfGroup:
    """How OS2 speaks of one type of group, after the standard texts."""

    word: str  # in addresses, file names and other people's documents, whatever the reader's language
    singular: Text
    definite: Text
    plural: Text
    members_label: Text  # the header field: Styregruppemedlemmer, Medlemmer i faggruppen
    decides: Text  # heading of its role or ground rules on "Mit mandat"
    asks: Text  # heading of what the group must take to somebody else
    without_obligations: Text  # what its pages say where others list obligations
    stands_in_for_steering: (
        bool  # carries the styregruppe's duties where there is none (os2.eu/arbejdsgrupper)
    )

    @property
    def standard_text(self) -> str:
        """The file of OS2's text in charters/standard_texts/."""
        return f"{self.word}.toml"


KINDS: dict[str, KindOfGroup] = {
    WorkingGroup.Kind.STEERING: KindOfGroup(
        word="styregruppe",
        singular=_("styregruppe"),
        definite=_("styregruppen"),
        plural=_("styregrupper"),
        members_label=_("Styregruppemedlemmer"),
        decides=_("Det afgør I"),
        asks=_("Det skal I vende med sekretariatet"),
        without_obligations=_("Kommissoriet nævner ingen forpligtelser i punktform."),
        stands_in_for_steering=False,
    ),
    WorkingGroup.Kind.COORDINATION: KindOfGroup(
        word="koordinationsgruppe",
        singular=_("koordinationsgruppe"),
        definite=_("koordinationsgruppen"),
        plural=_("koordinationsgrupper"),
        members_label=_("Koordinationsgruppemedlemmer"),
        decides=_("Det bestemmer I selv"),
        asks=_("Det skal I tage med til styregruppen og sekretariatet"),
        without_obligations=_("Kommissoriet nævner ingen forpligtelser i punktform."),
        stands_in_for_steering=True,
    ),
    WorkingGroup.Kind.PROFESSIONAL: KindOfGroup(
        word="faggruppe",
        singular=_("faggruppe"),
        definite=_("faggruppen"),
        plural=_("faggrupper"),
        members_label=_("Medlemmer i faggruppen"),
        decides=_("Jeres rolle"),
        asks=_("Sådan arbejder I sammen med sekretariatet"),
        without_obligations=_("Ingen direkte forpligtelser."),
        stands_in_for_steering=False,
    ),
}


def kind_of(group: WorkingGroup) -> KindOfGroup:
    return KINDS[group.kind]
