"""The models of charters; each module is named after the noun it holds."""

from charters.models.adopted import CharterDocument, CharterMember
from charters.models.approval import Approval
from charters.models.bundle import Bundle, BundleEntry, Selection
from charters.models.calendar_address import CalendarAddress
from charters.models.charter import Charter
from charters.models.follow_up import FollowUp
from charters.models.meeting import Attendance
from charters.models.obligation import Obligation, Rhythm, Statement
from charters.models.point_choice import PointChoice
from charters.models.presence import Presence
from charters.models.reminder import Reminder
from charters.models.revision import SectionRevision
from charters.models.section import Section
from charters.models.template import CharterTemplate, TemplateSection
from charters.models.word_file import WordFile
from charters.models.yearly_check import YearlyCheck

__all__ = [
    "Approval",
    "Attendance",
    "Bundle",
    "BundleEntry",
    "CalendarAddress",
    "Charter",
    "CharterDocument",
    "CharterMember",
    "CharterTemplate",
    "FollowUp",
    "Obligation",
    "PointChoice",
    "Presence",
    "Reminder",
    "Rhythm",
    "Section",
    "SectionRevision",
    "Selection",
    "Statement",
    "TemplateSection",
    "WordFile",
    "YearlyCheck",
]
