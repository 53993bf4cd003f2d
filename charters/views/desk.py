"""The desk a manuscript is written at: which text, where its pages are, and with which forms.

A group's draft and the secretariat's next standard text are written alike; the section pages
(``charters.views.sections``) know only the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from charters.completeness import Review
from charters.models import Charter, CharterTemplate
from charters.models.manuscript import Manuscript
from charters.models.prose import Prose
from charters.prose_forms import SectionForm, TemplateSectionForm
from members import access

View = Callable[..., HttpResponse]


@dataclass
class Desk:
    """One manuscript on the table, opened by somebody who may write it."""

    manuscript: Manuscript
    route: str  # "draft" or "template": the first word of the URL names
    where: tuple[str, ...]  # the URL arguments that lead here
    title: str
    section_form: type[SectionForm]
    may_edit: bool = True  # otherwise the desk only shows the text
    may_manage: bool = False  # add those who write it to the register

    @property
    def home(self) -> str:
        return self.manuscript.get_absolute_url()  # type: ignore[attr-defined, no-any-return]

    def url(self, verb: str, section: Prose | None = None) -> str:
        """The address of a verb on a section ("update", "move", ...) or on the text ("create")."""
        where = [*self.where] if section is None else [*self.where, section.pk]
        return reverse(f"charters:{self.route}-section-{verb}", args=where)

    @property
    def create_url(self) -> str:
        return self.url("create")

    def section(self, pk: int) -> Prose:
        """A section of this text, standing or taken out.

        Raises:
            Http404: there is none.
        """
        found = next((s for s in self.manuscript.sections.all() if s.pk == pk), None)
        if found is None:
            raise Http404
        found.urls = SectionUrls(self, found)
        return found  # type: ignore[no-any-return]

    def sections(self) -> list[Prose]:
        sections = self._with_urls(self.manuscript.standing_sections())
        if self.route == "draft" and self.may_edit:
            prefetch_related_objects(sections, "source")  # whose words each holds is said beside it
        return sections

    def removed(self) -> list[Prose]:
        return self._with_urls(self.manuscript.removed_sections())

    def review(self) -> Review | None:
        """What the draft of a charter lacks; a standard text is never unfilled."""
        return Review.of(self.manuscript) if isinstance(self.manuscript, Charter) else None

    def _with_urls(self, sections: list[Any]) -> list[Any]:
        for section in sections:
            section.urls = SectionUrls(self, section)
        return sections


@dataclass
class SectionUrls:
    """What a template asks a section for: ``section.urls.update``."""

    desk: Desk
    section: Prose

    @property
    def update(self) -> str:
        return self.desk.url("update", self.section)

    @property
    def move(self) -> str:
        return self.desk.url("move", self.section)

    @property
    def remove(self) -> str:
        return self.desk.url("remove", self.section)

    @property
    def restore(self) -> str:
        return self.desk.url("restore", self.section)

    @property
    def save(self) -> str:
        return self.desk.url("save", self.section)

    @property
    def choose(self) -> str:
        return self.desk.url("choose", self.section)

    @property
    def history(self) -> str:
        return self.desk.url("history", self.section)


def draft_of(
    request: HttpRequest,
    slug: str,
    *,
    permission: str = access.VIEW_DRAFTS,
    with_sections: bool = True,
) -> Charter:
    """The draft of a group, for somebody who holds ``permission`` on it.

    Raises:
        Http404: there is no draft, or ``request.user`` may not know of it.
        PermissionDenied: they may read it, but not do this.
    """
    drafts = Charter.objects.drafts_visible_to(request.user).filter(group__slug=slug).order_by()
    drafts = drafts.select_related("template", "group__project")
    if with_sections:
        drafts = drafts.with_newer_text().prefetch_related("sections")
    charter = drafts.first()
    if charter is None:
        raise Http404
    if permission != access.VIEW_DRAFTS:
        access.require(request.user, permission, charter.group)
    return charter


def where_adopted(answer: Callable[[Any, Charter], HttpResponse]) -> Callable[[View], View]:
    """Where somebody else pressed first, and the draft is adopted or given up: answer with what it became.

    A page is known by the section it asks for (``pk``) or by the charter it sends. It stays 404 where no
    such text was ever the group's, and for those who may not know of the group's drafts.

    Args:
        answer: makes the answer of a request and the edition, or the draft that was given up.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def answered(request: Any, slug: str, **where: Any) -> HttpResponse:
            try:
                return view(request, slug=slug, **where)
            except Http404:
                adopted = _adopted_instead(request, slug, section=where.get("pk"))
                if adopted is None:
                    raise
            return answer(request, adopted)

        return answered

    return decorated


def _adopted_instead(request: HttpRequest, slug: str, *, section: int | None) -> Charter | None:
    """What became of the draft that the page was opened on, if it is one no longer."""
    group = access.find_group(request.user, slug)
    if not access.can(request.user, access.VIEW_DRAFTS, group):
        return None
    charters = Charter.objects.filter(group=group).select_related("group")
    ended = charters.frozen() | charters.given_up()
    opened_on = whole_number(request.POST.get("charter", ""))
    if section is not None:
        return ended.filter(sections__pk=section).first()
    if opened_on is not None:
        return ended.filter(pk=opened_on).first()
    if charters.drafts().exists():
        return None
    last = [charter for charter in (charters.adopted().first(), charters.given_up().first()) if charter]
    return max(
        last,
        key=lambda charter: charter.given_up_at or charter.adopted_at or charter.created_at,
        default=None,
    )


def what_became_of(charter: Charter) -> str:
    """Why a draft can be written no more."""
    return _("Udkastet er opgivet.") if charter.is_given_up else _("Kommissoriet er vedtaget.")


def whole_number(text: str) -> int | None:
    """A number from a request that a database can be asked for, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def desk_for(manuscript: Charter | CharterTemplate, *, may_edit: bool = True) -> Desk:
    """The desk of a text that the caller has found, and may write unless told otherwise."""
    if isinstance(manuscript, Charter):
        return Desk(manuscript, "draft", (manuscript.group.slug,), _title(manuscript), SectionForm, may_edit)
    return Desk(manuscript, "template", (manuscript.kind,), str(manuscript), TemplateSectionForm, may_edit)


def _title(charter: Charter) -> str:
    if charter.is_draft:
        return _("Udkast til kommissorium for %(group)s") % {"group": charter.group.name}
    named = {"group": charter.group_name, "number": charter.number}
    return _("Kommissorium for %(group)s, udgave %(number)s") % named


def reading_desk(request: HttpRequest, charter: Charter) -> Desk:
    """The desk of a charter for everybody who reads its draft, with what they may do there.

    The one place that says so: an adopted text and a closed group's are read only.
    """
    is_final = charter.is_frozen or charter.group.is_closed
    rights = frozenset() if is_final else access.rights(request.user, charter.group)
    desk = desk_for(charter, may_edit="edit_charter" in rights)
    desk.may_manage = desk.may_edit and "manage_group" in rights
    return desk


def draft_desk(request: HttpRequest, slug: str) -> Desk:
    """The desk of a group's draft; needs ``edit_charter`` on the group."""
    return desk_for(draft_of(request, slug, permission=access.EDIT_CHARTER))


def template_draft(request: HttpRequest, kind: str) -> CharterTemplate:
    """The next version of a standard text, for the secretariat.

    Raises:
        Http404: none is being written.
        PermissionDenied: somebody else asks.
    """
    access.require_secretariat(request.user)
    drafts = CharterTemplate.objects.of_kind(kind).filter(state=CharterTemplate.State.DRAFT)
    template = drafts.prefetch_related("sections").first()
    if template is None:
        raise Http404
    return template


def template_desk(request: HttpRequest, kind: str) -> Desk:
    """The desk of the next version of a standard text; needs the secretariat."""
    return desk_for(template_draft(request, kind))
