"""What other pages show of charters; the register's own code knows nothing of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.db.models import Count, Q
from django.template.context import RequestContext
from django.utils import timezone

from charters.charter_state import CharterState, no_charter, state_of
from charters.difference import Change, folded, summary
from charters.kinds import kind_of
from charters.models import Charter
from charters.models.charter_query import the_text
from members import access
from members.models import WorkingGroup

register = template.Library()


@register.simple_tag(takes_context=True)
def charter_states(context: RequestContext, groups: Iterable[WorkingGroup]) -> dict[int, CharterState]:
    """The state of each group's charter, by the group's id: one query for a whole list.

    The edition in force counts before a draft, and a draft before one that was retired. A draft is told of
    only to those who may read it.
    """
    by_id = {group.pk: group for group in groups}
    weight = {Charter.State.RETIRED: 0, Charter.State.DRAFT: 1, Charter.State.ADOPTED: 2}
    states: dict[int, CharterState] = {pk: no_charter() for pk in by_id}
    shown = Charter.objects.visible_to(context["user"]).filter(group__in=by_id, state__in=weight)
    charters = shown.only("group_id", "number", "state", "review_on", "given_up_at")
    for charter in sorted(charters, key=lambda c: weight[Charter.State(c.state)]):
        charter.group = by_id[charter.group_id]
        states[charter.group_id] = state_of(charter)
    return states


@register.inclusion_tag("charters/_charter_mark.html")
def charter_mark(states: dict[int, CharterState], group: WorkingGroup) -> dict[str, Any]:
    """The status mark of one group of a list, from ``charter_states``."""
    return {"state": states.get(group.pk) or no_charter()}


@register.inclusion_tag("charters/_group_charters.html", takes_context=True)
def group_charters(context: RequestContext, group: WorkingGroup) -> dict[str, Any]:
    """The charters of a group, as its own page shows them: in force, draft, earlier editions.

    A page that has asked ``access.rights`` already gives them in its context.
    """
    rights = context.get("rights")
    if rights is None:
        rights = access.rights(context["user"], group)
    reads_drafts = "view_drafts" in rights
    may_edit = "edit_charter" in rights and not group.is_closed
    every = Charter.objects.filter(group=group).select_related("given_up_by").order_by("-number")
    charters = list(every.with_newer_text())
    for charter in charters:
        charter.group = group
    return {
        "group": group,
        "newer": may_edit and _has_newer_text(charters),
        "given_up": _to_take_up(charters) if may_edit else [],
        "current": next((c for c in charters if c.state == Charter.State.ADOPTED), None),
        "draft": _draft_among(charters) if reads_drafts else None,
        "ended": next((c for c in charters if c.state == Charter.State.RETIRED), None),
        "earlier": [c for c in charters if c.state in (Charter.State.SUPERSEDED, Charter.State.RETIRED)],
        "reads_drafts": reads_drafts,
        "may_edit": may_edit,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("charters/_charter_on.html", takes_context=True)
def charter_on(context: RequestContext, group: WorkingGroup, day: datetime.date) -> dict[str, Any]:
    """The edition that was in force in a group on a day."""
    charter = Charter.objects.visible_to(context["user"]).filter(group=group).in_force_on(day)
    if charter:
        charter.group = group
    return {"charter": charter}


def _has_newer_text(charters: Sequence[Charter]) -> bool:
    """Whether OS2 has improved the standard text that the group's text, draft or in force, is made from."""
    text = the_text(charters)
    return text is not None and text.has_newer_text


def _draft_among(charters: Iterable[Charter]) -> Charter | None:
    return next((c for c in charters if c.is_draft and not c.is_given_up), None)


def _to_take_up(charters: Sequence[Charter]) -> list[Charter]:
    """The drafts that the group gave up, the last first, as long as nothing has taken their place."""
    if _draft_among(charters):
        return []
    adopted = max((c.adopted_at for c in charters if c.adopted_at), default=None)
    given_up = [(c.given_up_at, c) for c in charters if c.given_up_at]
    since = [one for one in given_up if adopted is None or one[0] > adopted]
    return [charter for _day, charter in sorted(since, key=lambda one: one[0], reverse=True)]


@register.inclusion_tag("charters/_group_obligations.html", takes_context=True)
def group_obligations(context: RequestContext, group: WorkingGroup) -> dict[str, Any]:
    """The way from a group's page to its obligations, for those who read its drafts: one query."""
    if "view_drafts" not in context["rights"]:
        return {}
    due = Q(next_on__lt=timezone.localdate())
    numbers = group.obligations.in_force().aggregate(all=Count("pk"), overdue=Count("pk", filter=due))
    return {"group": group, "kind": kind_of(group), **numbers}


@register.inclusion_tag("charters/_newest.html")
def newest_charters(count: int = 5) -> dict[str, Any]:
    """The charters of public groups that were adopted last."""
    charters = (
        Charter.objects.adopted()
        .of_groups(WorkingGroup.objects.public().open())
        .select_related("group")
        .order_by("-dated_on", "-adopted_at")[:count]
    )
    return {"charters": charters}


@register.inclusion_tag("charters/_difference.html")
def difference(changes: Sequence[Change], *, whole: bool = False, counted: bool = True) -> dict[str, Any]:
    """What changed in a text, with the blocks beside it; with all others too if ``whole``.

    Args:
        changes: what became of each block.
        whole: show the unchanged blocks too.
        counted: say first how much changed.
    """
    return {
        "summary": summary(changes) if counted else "",
        "lines": changes if whole else list(folded(changes)),
    }


@register.inclusion_tag("charters/_side.html")
def one_side(changes: Sequence[Change], side: str) -> dict[str, Any]:
    """One of two texts that stand side by side, with the words marked that only it has.

    Args:
        changes: the difference from the one to the other.
        side: "old" or "new".
    """
    state, other = ("removed", "added") if side == "old" else ("added", "removed")
    return {"lines": [change for change in changes if change.kind != other], "state": state}
