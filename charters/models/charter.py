"""Charters: one row an edition, written while it is a draft and frozen when it is adopted."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.db.models.expressions import CombinedExpression
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.acts import CharterAct, note_charter
from charters.fingerprint import in_fours
from charters.kinds import KINDS, KindOfGroup
from charters.models.charter_query import CharterQuerySet
from charters.models.given_up import GivenUp, GivenUpError
from charters.models.headed import Headed
from charters.models.manuscript import ClosedGroupError, FrozenError, Manuscript, ManuscriptError
from charters.models.reviewed import Reviewed
from charters.models.template import CharterTemplate
from members.models import User, WorkingGroup
from members.search.index import take

FOUND_AS = "charter"  # the kind of thing that a search finds (charters.finding)


class Charter(Headed, GivenUp, Reviewed, Manuscript):
    class State(models.TextChoices):
        DRAFT = "draft", _("Udkast")
        ADOPTED = "adopted", _("Vedtaget")
        SUPERSEDED = "superseded", _("Erstattet")
        RETIRED = "retired", _("Ophørt")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("gruppe"), on_delete=models.PROTECT, related_name="charters"
    )
    number = models.PositiveIntegerField(_("udgave"))
    state = models.CharField(_("tilstand"), max_length=12, choices=State.choices, default=State.DRAFT)
    template = models.ForeignKey(
        CharterTemplate, verbose_name=_("standardtekst"), on_delete=models.PROTECT, related_name="charters"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oprettet af"),
        on_delete=models.PROTECT,
        related_name="charters_started",
        null=True,
        blank=True,
    )
    adopted_at = models.DateTimeField(_("vedtaget (tidspunkt)"), null=True, blank=True, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vedtaget af"),
        on_delete=models.PROTECT,
        related_name="charters_adopted",
        null=True,
        blank=True,
        editable=False,
    )
    fingerprint = models.CharField(_("fingeraftryk"), max_length=64, blank=True, editable=False)
    superseded_on = models.DateField(_("erstattet"), null=True, blank=True, editable=False)
    retired_on = models.DateField(_("ophørt"), null=True, blank=True, editable=False)

    has_newer_text: bool  # on those asked for ``with_newer_text``

    objects = CharterQuerySet.as_manager()
    # No join: what stands in one is not looked at again after waiting for whoever adopts (PostgreSQL).
    writable = Q(
        state=State.DRAFT,
        given_up_at=None,
        group__in=WorkingGroup.objects.filter(closed_on=None).values("pk"),
    )

    class Meta:
        verbose_name = _("kommissorium")
        verbose_name_plural = _("kommissorier")
        ordering = ["group", "-number"]
        # The newest of thousands, on the front page and in the feed: found without a look at the others.
        indexes = [
            models.Index(fields=["state", "-dated_on", "-adopted_at"], name="charter_newest"),
            models.Index(fields=["-adopted_at"], name="charter_adopted_last"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=Q(given_up_at=None),
                name="charter_unique_number",
                violation_error_message=_("Gruppen har allerede en udgave med det nummer."),
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state="draft", given_up_at=None),
                name="charter_one_draft",
                violation_error_message=_("Gruppen har allerede et udkast."),
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state="adopted"),
                name="charter_one_adopted",
                violation_error_message=_("Gruppen har allerede et vedtaget kommissorium."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "adopted", "superseded", "retired"]),
                name="charter_known_state",
                violation_error_message=_("Kommissoriets tilstand kendes ikke."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=["", "sandbox", "level_1", "level_2", "level_3"]),
                name="charter_known_level",
                violation_error_message=_("Vælg et af de fire produktniveauer."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", fingerprint="", adopted_at__isnull=True)
                | (
                    ~Q(state="draft")
                    & Q(given_up_at=None)
                    & ~Q(fingerprint="")
                    & Q(adopted_at__isnull=False, adopted_by__isnull=False, dated_on__isnull=False)
                ),
                name="charter_adopted_whole",
                violation_error_message=_("Et vedtaget kommissorium skal have dato og fingeraftryk."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "adopted"], superseded_on=None, retired_on=None)
                | Q(state="superseded", superseded_on__isnull=False, retired_on=None)
                | Q(state="retired", superseded_on=None, retired_on__isnull=False),
                name="charter_ended_on_a_day",
                violation_error_message=_("Et kommissorium er erstattet eller ophørt på en bestemt dag."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_name}, {_t('udgave')} {self.number}"

    def get_absolute_url(self) -> str:
        if self.is_given_up:
            return self.group.get_absolute_url()
        if self.is_draft:
            return reverse("charters:draft-detail", args=[self.group.slug])
        return reverse("charters:edition-detail", args=[self.group.slug, self.number])

    @property
    def kind_of_group(self) -> KindOfGroup:
        """By the standard text it was made from, which never changes, not by the group."""
        return KINDS[self.template.kind]

    @property
    def is_frozen(self) -> bool:
        return not self.is_draft

    @property
    def is_living(self) -> bool:
        """Whether the group works on it or lives by it."""
        return self.state == self.State.ADOPTED or (self.is_draft and not self.is_given_up)

    @property
    def follows_another(self) -> bool:
        """Whether it is a next edition: the numbers have no gaps."""
        return self.number > 1

    @property
    def short_fingerprint(self) -> str:
        return in_fours(self.fingerprint)

    def earliest_adoption(self) -> datetime.date | None:
        """The day before which the draft cannot have been adopted: of the group's or the former edition."""
        former = Charter.objects.frozen().filter(group=self.group).aggregate(day=Max("dated_on"))["day"]
        return max((day for day in (former, self.group.established_on) if day), default=None)

    @classmethod
    @transaction.atomic
    def start(cls, group: WorkingGroup, *, by: User | None) -> Charter:
        """Make the group's draft from the published standard text of its type ("Udfyld kommissorium").

        Args:
            group: the group; its project's name and level are filled in, and the date of its first meeting.
            by: who starts it.

        Returns:
            The draft; the one there is already, where there is one.

        Raises:
            ManuscriptError: the group is closed, has an adopted charter, or OS2 has no text for its type.
        """
        if existing := cls._draft_under_way(group):
            return existing
        if cls.objects.adopted().filter(group=group).exists():
            raise ManuscriptError(_t("Gruppen har allerede et vedtaget kommissorium."))
        template = CharterTemplate.objects.published().of_kind(group.kind).first()
        if template is None:
            raise ManuscriptError(_t("Der er endnu ingen gældende standardtekst for gruppens type."))
        charter = cls._new_draft(
            group, template=template, dated_on=group.first_meeting_on or timezone.localdate(), by=by
        )
        for source in template.standing_sections():
            charter.sections.create(source=source, **source.as_fields()).keep_revision(by=by)
        return charter

    @transaction.atomic
    def next_edition(self, *, by: User | None, reason: str = "") -> Charter:
        """Make the group's next draft from the text of this adopted edition.

        Args:
            by: who starts it.
            reason: why there is a new edition.

        Returns:
            The draft; the one there is already, where there is one.

        Raises:
            ManuscriptError: the group is closed.
        """
        if existing := self._draft_under_way(self.group):
            return existing
        charter = self._new_draft(
            self.group, template=self.template, dated_on=timezone.localdate(), by=by, reason=reason
        )
        for section in self.standing_sections():
            copy = charter.sections.create(source_id=section.source_id, **section.as_fields())
            copy.keep_revision(by=by)
            copy.mark_as(section)
        return charter

    @classmethod
    def _draft_under_way(cls, group: WorkingGroup) -> Charter | None:
        """The group's draft, if any, with the group locked: two who start at once make one draft."""
        WorkingGroup.objects.locked().get(pk=group.pk)
        existing = cls.objects.drafts().filter(group=group).first()
        if existing is None and group.is_closed:
            raise ManuscriptError(_t("Gruppen er nedlagt og kan ikke få et nyt kommissorium."))
        return existing

    @classmethod
    def _new_draft(cls, group: WorkingGroup, *, by: User | None, **fields: Any) -> Charter:
        project = group.project
        charter: Charter = cls.objects.create(
            group=group,
            number=cls.objects.filter(group=group).next_number(),
            group_name=group.name,
            project_name=project.name if project else "",
            level=project.level if project else "",
            created_by=by,
            **fields,
        )
        note_charter(CharterAct.BEGUN, charter, actor=by)
        return charter

    def _take(self, revision: CombinedExpression | F) -> None:
        """As of every manuscript; a closed group's draft is not written either.

        Raises:
            FrozenError: the charter is adopted.
            GivenUpError: it was given up.
            ClosedGroupError: the group is closed.
        """
        try:
            super()._take(revision)
        except FrozenError:
            if not (stored := Charter.objects.filter(pk=self.pk, state=self.State.DRAFT).first()):
                raise
            raise (GivenUpError if stored.is_given_up else ClosedGroupError) from None

    @transaction.atomic
    def retire(self, *, on: datetime.date | None = None) -> None:
        """End the edition in force, and its obligations, without another after it."""
        in_force = Charter.objects.adopted().filter(pk=self.pk)
        if in_force.update(state=self.State.RETIRED, retired_on=on or timezone.localdate()):
            self.group.obligations.in_force().update(retired_in=self)
            take(FOUND_AS, self.group_id)
            note_charter(CharterAct.RETIRED, self)
        self.refresh_from_db()
