"""How an adopted edition stands today: who has approved it, and how the group has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.models import Approval, Charter, CharterMember
from members import access
from members.models import Membership, User


@dataclass(frozen=True)
class Standing:
    charter: Charter
    members: Sequence[CharterMember]
    roster: Sequence[Membership]

    @classmethod
    def of(cls, charter: Charter) -> Standing:
        """The standing of a frozen edition: two queries."""
        members = charter.members.select_related("approval", "approval__recorded_by")
        return cls(charter, list(members), list(charter.group.roster()))

    @property
    def deciding(self) -> list[CharterMember]:
        return [member for member in self.members if member.decides]

    @property
    def approvals(self) -> list[Approval]:
        return [approval for member in self.deciding if (approval := _approval(member))]

    @property
    def awaited(self) -> list[CharterMember]:
        """Those who are still to approve."""
        return [member for member in self.deciding if _approval(member) is None]

    @property
    def summary(self) -> str:
        """ "6 af 7 har godkendt"."""
        return _("%(approved)s af %(all)s har godkendt") % {
            "approved": len(self.approvals),
            "all": len(self.deciding),
        }

    @property
    def joined_since(self) -> list[Membership]:
        then = {member.person_id for member in self.members}
        return [membership for membership in self.roster if membership.person_id not in then]

    @property
    def left_since(self) -> list[CharterMember]:
        now = {membership.person_id for membership in self.roster}
        return [member for member in self.members if member.person_id not in now]

    @property
    def roster_change(self) -> str:
        """ "1 ny, 1 udtrådt" since the adoption; empty when the group is as it was."""
        joined, left = len(self.joined_since), len(self.left_since)
        parts = []
        if joined:
            parts.append(ngettext("%(n)s ny", "%(n)s nye", joined) % {"n": joined})
        if left:
            parts.append(ngettext("%(n)s udtrådt", "%(n)s udtrådte", left) % {"n": left})
        return ", ".join(parts)

    def may_be_approved_by(self, user: User | AnonymousUser) -> list[CharterMember]:
        """The members whose approval ``user`` can give or record.

        One's own while one is in the group; everyone's for those who lead it, who record the answers that
        came in writing. Only the edition in force is approved.
        """
        awaited = self.awaited
        if not awaited or not user.is_authenticated or self.charter.state != Charter.State.ADOPTED:
            return []
        if access.can(user, access.EDIT_CHARTER, self.charter.group):
            return awaited
        if all(membership.person_id != user.pk for membership in self.roster):
            return []
        return [member for member in awaited if member.person_id == user.pk]


def _approval(member: CharterMember) -> Approval | None:
    return getattr(member, "approval", None)
