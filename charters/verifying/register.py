"""What the register derives and promises: rights by memberships, nothing left of whoever was anonymised."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charters.verifying.fault import Fault, in_parts
from members import access
from members.models import WorkingGroup
from members.privacy.leftovers import leftovers
from members.search.index import out_of_step

GROUPS_AT_A_TIME = 500


def faults() -> Iterator[Fault]:
    for part in in_parts(WorkingGroup.objects.all(), size=GROUPS_AT_A_TIME):
        for group in access.out_of_step(part):
            yield Fault(str(group), _("Rettighederne følger ikke medlemskaberne. Kør sync_access."))
    for source, number in out_of_step():
        what = _("%(number)d kan ikke søges frem, som de er. Kør rebuild_search.") % {"number": number}
        yield Fault(str(source.label), what)
    for heading, how_many in leftovers():
        what = _("%(number)d rækker er tilbage om anonymiserede personer.") % {"number": how_many}
        yield Fault(str(heading), what)
