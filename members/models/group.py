"""Working groups of the three types, and the rules the database itself holds about them."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.cpr import without_cpr
from members.danish import contains, free_slug, in_order, search_key_field, sort_key_field
from members.models.counted import how_many
from members.models.organisation import Organisation
from members.models.period import believable, in_force
from members.models.project import Project

if TYPE_CHECKING:
    from members.models.membership import Membership, MembershipQuerySet
    from members.models.user import User


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    def open(self) -> WorkingGroupQuerySet:
        return self.filter(closed_on=None)

    def public(self) -> WorkingGroupQuerySet:
        return self.filter(visibility=WorkingGroup.Visibility.PUBLIC)

    def steering(self) -> WorkingGroupQuerySet:
        return self.filter(kind=WorkingGroup.Kind.STEERING)

    def matching(self, text: str) -> WorkingGroupQuerySet:
        """Those whose name or project contains ``text``."""
        return self.filter(contains(text, "search_key", "project__search_key"))

    def visible_to(self, user: User | AnonymousUser) -> WorkingGroupQuerySet:
        """Public groups for everyone, the others for their own members and the secretariat."""
        if user.has_perm("members.manage_group"):
            return self.all()
        if not user.is_authenticated:
            return self.public()
        own = WorkingGroup.objects.of_member(user).values("pk")
        return self.filter(Q(visibility=WorkingGroup.Visibility.PUBLIC) | Q(pk__in=own))

    def locked(self) -> WorkingGroupQuerySet:
        """Held against other writers until the transaction ends; rows that point here may still be added."""
        return self.select_for_update(no_key=True)

    def of_member(self, user: User) -> WorkingGroupQuerySet:
        """The groups in which ``user`` has a membership today."""
        return self.filter(in_force("memberships__"), memberships__person=user).distinct()

    def with_member_count(self) -> WorkingGroupQuerySet:
        """Adds ``member_count``: those who are in the group today."""
        return self.annotate(member_count=how_many(WorkingGroup, "memberships", when=in_force()))


class WorkingGroup(models.Model):
    class Kind(models.TextChoices):
        STEERING = "steering", _("Styregruppe")
        COORDINATION = "coordination", _("Koordinationsgruppe")
        PROFESSIONAL = "professional", _("Faggruppe")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Offentlig")
        MEMBERS = "members", _("Kun for medlemmer")

    kind = models.CharField(_("type"), max_length=20, choices=Kind.choices)
    project = models.ForeignKey(
        Project,
        verbose_name=_("projekt"),
        on_delete=models.PROTECT,
        related_name="groups",
        null=True,
        blank=True,
        help_text=_("Kræves for styregrupper og koordinationsgrupper. En faggruppe kan gå på tværs."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("overordnet koordinationsgruppe"),
        on_delete=models.PROTECT,
        related_name="subgroups",
        null=True,
        blank=True,
        limit_choices_to={"kind": "coordination", "parent": None},
        help_text=_("Udfyldes kun for en undergruppe til en koordinationsgruppe."),
    )
    name = models.CharField(
        _("navn"),
        max_length=160,
        blank=True,
        validators=[without_cpr],
        help_text=_("Lad feltet stå tomt, så får gruppen navn efter type og projekt."),
    )
    slug = models.SlugField(
        _("adresse"),
        max_length=90,
        blank=True,
        validators=[without_cpr],
        help_text=_("Del af gruppens webadresse. Ændrer du den, holder gamle links op med at virke."),
    )
    driven_by = models.ForeignKey(
        Organisation,
        verbose_name=_("drives af"),
        on_delete=models.PROTECT,
        related_name="driven_groups",
        null=True,
        blank=True,
        help_text=_("En koordinationsgruppe kan være drevet af en kommune eller en leverandør."),
    )
    visibility = models.CharField(
        _("synlighed"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    established_on = models.DateField(_("nedsat"), null=True, blank=True, validators=[believable])
    first_meeting_on = models.DateField(_("første møde"), null=True, blank=True, validators=[believable])
    board_approved_on = models.DateField(
        _("godkendt af bestyrelsen"),
        null=True,
        blank=True,
        validators=[believable],
        help_text=_("På Niveau 3 skal OS2s bestyrelse have godkendt styregruppen (G11)."),
    )
    closed_on = models.DateField(_("nedlagt"), null=True, blank=True, validators=[believable])
    search_key = search_key_field("name")
    sort_key = sort_key_field("name")

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("arbejdsgruppe")
        verbose_name_plural = _("arbejdsgrupper")
        ordering = ["sort_key", "pk"]
        indexes = [in_order("workinggroup")]
        permissions = [
            ("view_drafts", _("Kan læse kladder i gruppen")),
            ("edit_charter", _("Kan redigere og vedtage gruppens kommissorium")),
            ("manage_group", _("Kan ændre gruppen og dens medlemmer")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["steering", "coordination", "professional"]),
                name="workinggroup_known_kind",
                violation_error_message=_("Vælg styregruppe, koordinationsgruppe eller faggruppe."),
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "members"]),
                name="workinggroup_known_visibility",
                violation_error_message=_("Vælg, hvem der kan se gruppen."),
            ),
            models.CheckConstraint(
                condition=Q(kind="professional") | Q(project__isnull=False),
                name="workinggroup_project_required",
                violation_error_message=_(
                    "En styregruppe eller koordinationsgruppe skal høre til et projekt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(kind="coordination"),
                name="workinggroup_parent_only_coordination",
                violation_error_message=_("Kun en koordinationsgruppe kan være undergruppe."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(established_on__isnull=True)
                | Q(closed_on__gte=models.F("established_on")),
                name="workinggroup_closed_after_established",
                violation_error_message=_("Gruppen kan ikke være nedlagt, før den blev nedsat."),
            ),
            models.UniqueConstraint(
                fields=["slug"],
                name="workinggroup_unique_slug",
                violation_error_message=_("Der findes allerede en gruppe med den adresse."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(kind="steering", closed_on__isnull=True),
                name="workinggroup_one_open_steering",
                violation_error_message=_("Projektet har allerede en styregruppe. Nedlæg den først."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(kind="coordination", parent__isnull=True, closed_on__isnull=True),
                name="workinggroup_one_open_coordination",
                violation_error_message=_(
                    "Projektet har allerede en koordinationsgruppe. "
                    "Opret en undergruppe, eller nedlæg den først."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic(savepoint=False)  # with what it is found by
    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_in_name_and_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("members:group-detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if not self.name and self.project is None:
            raise ValidationError({"name": _("Giv gruppen et navn. Den hører ikke til et projekt.")})
        self._fill_in_name_and_slug()
        self._refuse_third_level()

    def _refuse_third_level(self) -> None:
        """A coordination group may have subgroups, and they none of their own."""
        if self.pk and self.subgroups.exists():
            if self.parent_id:
                said = _("Gruppen har selv undergrupper og kan derfor ikke være undergruppe.")
                raise ValidationError({"parent": said})
            if self.kind != self.Kind.COORDINATION:
                said = _("Gruppen har undergrupper og skal derfor være en koordinationsgruppe.")
                raise ValidationError({"kind": said})
        if self.parent and (self.parent.parent_id or self.parent.kind != self.Kind.COORDINATION):
            said = _("Vælg en koordinationsgruppe, der ikke selv er en undergruppe.")
            raise ValidationError({"parent": said})

    def _fill_in_name_and_slug(self) -> None:
        if not self.name:
            kind = self.get_kind_display()
            self.name = f"{kind}n for {self.project.name}" if self.project else str(kind)
        if not self.slug:
            self.slug = free_slug(self.name, WorkingGroup.objects.exclude(pk=self.pk))

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def is_public(self) -> bool:
        return self.visibility == self.Visibility.PUBLIC

    def roster(self, *, on: datetime.date | None = None) -> MembershipQuerySet:
        """The memberships on a day (today by default), leaders first, then by name."""
        return self.memberships.current(on=on).in_roster_order().select_related("person", "organisation")

    def add(
        self,
        person: User,
        *,
        role: str = "member",
        organisation: Organisation | None = None,
        joined_on: datetime.date | None = None,
    ) -> Membership:
        """Make ``person`` a member; the organisation is the one they come from at that time.

        Raises:
            ValidationError: the person is in the group already, or the group is closed.
        """
        membership = self.memberships.model(
            group=self,
            person=person,
            role=role,
            organisation=organisation or person.organisation,
            joined_on=joined_on or timezone.localdate(),
        )
        return self.keep(membership)

    @transaction.atomic
    def keep(self, membership: Membership, *, update_fields: Collection[str] | None = None) -> Membership:
        """Check and save one of the group's memberships: the one way in which they are written.

        The group's row is locked first: of two who write at once the second is checked against the first.

        Raises:
            ValidationError: the membership breaks a rule; nothing is saved.
        """
        membership.group = WorkingGroup.objects.locked().get(pk=self.pk)
        membership.person.hold()
        membership.full_clean()
        membership.save(update_fields=update_fields)
        return membership

    @transaction.atomic
    def close(self, *, on: datetime.date | None = None) -> None:
        """Close the group; its charters and its members' history stay, to be read.

        Raises:
            ValidationError: it is closed already, or the day lies before it was established.
        """
        if WorkingGroup.objects.locked().get(pk=self.pk).is_closed:
            raise ValidationError(_("Gruppen er allerede nedlagt."))
        self.closed_on = on or timezone.localdate()
        self.validate_constraints()
        self.save(update_fields=["closed_on"])
