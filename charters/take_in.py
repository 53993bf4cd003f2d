"""Taking a newer standard text into a group's charter: nothing adopted is changed, and no word is lost."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charters.models import Charter, CharterTemplate, Section
from charters.models.charter_query import the_text
from charters.models.manuscript import ManuscriptError, put_in_order
from charters.take_in_plan import Step, plan
from members.models import User, WorkingGroup


def newer_than(charter: Charter) -> CharterTemplate | None:
    """The standard text that has taken the place of the one a charter was made from, if any."""
    published = CharterTemplate.objects.published().of_kind(charter.template.kind)
    return published.filter(version__gt=charter.template.version).first()


def text_of(group: WorkingGroup) -> Charter | None:
    """The text that a newer standard text is taken into: the draft, or else the one in force."""
    return the_text(Charter.objects.living().filter(group=group).select_related("template", "group__project"))


def is_behind(group: WorkingGroup) -> bool:
    """Whether there is a newer standard text that the group has not taken in."""
    charter = text_of(group)
    return charter is not None and newer_than(charter) is not None


def concerned_by(template: CharterTemplate) -> list[Charter]:
    """The drafts, and then the charters in force, that are made from an older version of a standard text."""
    older = Charter.objects.living().filter(
        template__kind=template.kind, template__version__lt=template.version
    )
    return list(
        older.filter(group__closed_on=None)
        .select_related("group", "template")
        .order_by("-state", "group__sort_key", "group__pk", "number")
    )


def plan_of(charter: Charter, newest: CharterTemplate) -> list[Step[Any, Any]]:
    """What taking in would do to a charter as it stands."""
    base = charter.template.standing_sections()
    by_pk = {section.pk: section for section in base}
    own = charter.in_order()
    for section in own:
        section.source = by_pk.get(section.source_id)
    return plan(base, own=own, standard=newest.standing_sections())


@transaction.atomic
def take_in(group: WorkingGroup, *, by: User) -> Charter:
    """Take the newest standard text into the group's draft; where it has none, into a new one.

    Done already, nothing happens. Whoever writes meanwhile goes on from what they have, and is merged as
    always.

    Returns:
        The draft, or the text in force where there was nothing to take in.

    Raises:
        ManuscriptError: the group is closed, or has no charter.
    """
    WorkingGroup.objects.locked().get(pk=group.pk)
    charter = text_of(group)
    if charter is None:
        raise ManuscriptError(_("Gruppen har intet kommissorium at tage ændringerne ind i."))
    newest = newer_than(charter)
    if newest is None:
        return charter
    if not charter.is_draft:
        reason = _("OS2 har forbedret standardteksten (version %(version)s).")
        charter = charter.next_edition(by=by, reason=reason % {"version": newest.version})
    charter.claim()  # nobody else writes from here on; the plan is of the text as it stands now
    sections = [_done(step, charter, by=by) for step in plan_of(charter, newest)]
    # Those that were taken out keep their places, behind what stood before them.
    put_in_order(section for section in sections if section)
    charter.template = newest
    charter.save(update_fields=["template"])
    return charter


def _done(step: Step[Any, Any], charter: Charter, *, by: User) -> Section | None:
    section: Section | None = step.own
    if section is None:
        if step.fate != "new" or step.standard is None:
            return None  # the group had taken it out
        section = charter.sections.create(source=step.standard, **step.standard.as_fields())
        section.keep_revision(by=by)
        return section
    section.charter = charter
    if step.fate == "gone":
        section.follow(None, wording=step.wording, by=by)
        section.take_out(by=by)
    else:
        section.follow(step.standard, wording=step.wording, offer=step.offer, by=by)
    return section
