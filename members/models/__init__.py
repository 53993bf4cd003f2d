"""The register's models; each module is named after the noun it holds."""

from members.models.grant import WorkingGroupGroupGrant, WorkingGroupUserGrant
from members.models.group import WorkingGroup
from members.models.log_entry import LogEntry
from members.models.membership import Membership
from members.models.organisation import Organisation
from members.models.project import Explanation, Project
from members.models.register_file import RegisterFile
from members.models.search_entry import SearchEntry
from members.models.submission import Submission
from members.models.user import User

__all__ = [
    "Explanation",
    "LogEntry",
    "Membership",
    "Organisation",
    "Project",
    "RegisterFile",
    "SearchEntry",
    "Submission",
    "User",
    "WorkingGroup",
    "WorkingGroupGroupGrant",
    "WorkingGroupUserGrant",
]
