"""The models of charters; each module is named after the noun it holds."""

from charters.models.adopted import CharterDocument, CharterMember
from charters.models.approval import Approval
from charters.models.bundle import Bundle, BundleEntry, Selection
from charters.models.charter import Charter
from charters.models.meeting import Attendance
from charters.models.obligation import FollowUp, Obligation
from charters.models.presence import Presence
from charters.models.revision import SectionRevision
from charters.models.section import Section
from charters.models.template import CharterTemplate, TemplateSection
from charters.models.word_file import WordFile

__all__ = [
    "Approval",
    "Attendance",
    "Bundle",
    "BundleEntry",
    "Charter",
    "CharterDocument",
    "CharterMember",
    "CharterTemplate",
    "FollowUp",
    "Obligation",
    "Presence",
    "Section",
    "SectionRevision",
    "Selection",
    "TemplateSection",
    "WordFile",
]
