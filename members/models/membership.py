"""Who was in which group, in what role, from when to when, and for which organisation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.cpr import without_cpr
from members.models.group import WorkingGroup
from members.models.organisation import Organisation
from members.models.period import believable, in_force


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, *, on: datetime.date | None = None) -> MembershipQuerySet:
        """Memberships in force on a day, today by default. On the day one leaves, one has left."""
        return self.filter(in_force(on=on))

    def current_or_coming(self) -> MembershipQuerySet:
        """Those of today and of days to come; not one that was ended the day it began."""
        ended = Q(left_on__lte=timezone.localdate()) | Q(left_on=models.F("joined_on"))
        return self.exclude(Q(left_on__isnull=False) & ended)

    def ended(self, *, on: datetime.date | None = None) -> MembershipQuerySet:
        return self.filter(left_on__lte=on or timezone.localdate())

    def in_roster_order(self) -> MembershipQuerySet:
        rank = Case(
            *[When(role=role, then=Value(i)) for i, role in enumerate(Membership.Role.values)],
            default=Value(99),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "person__sort_key", "pk")


class Membership(models.Model):
    class Role(models.TextChoices):
        """In roster order. No role is required of a group (DOMAIN 1.5)."""

        CHAIR = "chair", _("Formand")
        VICE_CHAIR = "vice_chair", _("Næstformand")
        FACILITATOR = "facilitator", _("Tovholder")
        PROJECT_MANAGER = "project_manager", _("Projektleder")
        PRODUCT_COORDINATOR = "product_coordinator", _("Produktkoordinator")
        PRODUCT_OWNER = "product_owner", _("Product Owner")
        MEMBER = "member", _("Medlem")
        SUBSTITUTE = "substitute", _("Suppleant")
        SUPPLIER = "supplier", _("Leverandørrepræsentant")
        OBSERVER = "observer", _("Observatør")

        @classmethod
        def decides(cls, role: str) -> bool:
            """Whether ``role`` approves a charter: all do but observers, substitutes and suppliers."""
            return role not in cls.not_deciding()

        @classmethod
        def not_deciding(cls) -> list[Membership.Role]:
            return [cls.SUBSTITUTE, cls.SUPPLIER, cls.OBSERVER]

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("gruppe"), on_delete=models.PROTECT, related_name="memberships"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("rolle"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        help_text=_("Den organisation, personen repræsenterer i gruppen."),
    )
    joined_on = models.DateField(_("fra"), default=timezone.localdate, validators=[believable])
    left_on = models.DateField(_("til"), null=True, blank=True, validators=[believable])
    represents_board = models.BooleanField(
        _("repræsenterer OS2s bestyrelse"),
        default=False,
        help_text=_("På Niveau 3 skal bestyrelsen være repræsenteret i styregruppen (G12)."),
    )
    handover_note = models.TextField(
        _("overdragelse"),
        max_length=1000,
        blank=True,
        validators=[without_cpr],
        help_text=_("Hvem overtager opgaverne? (OS2s Code of Conduct: giv dine opgaver videre.)"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlemskab")
        verbose_name_plural = _("medlemskaber")
        ordering = ["group", "joined_on", "pk"]
        indexes = [  # for the overview, which looks for what few of many memberships are
            models.Index(
                fields=["group", "left_on", "joined_on"],
                condition=Q(
                    role__in=[
                        "chair",
                        "vice_chair",
                        "facilitator",
                        "project_manager",
                        "product_coordinator",
                    ]
                ),
                name="membership_leading",
            ),
            models.Index(
                fields=["group"], condition=Q(represents_board=True), name="membership_of_the_board"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(left_on__isnull=True),
                name="membership_one_open_a_person",
                violation_error_message=_("Personen er allerede medlem af gruppen."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="membership_left_after_joined",
                violation_error_message=_("Slutdatoen kan ikke ligge før startdatoen."),
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=[
                        "chair",
                        "vice_chair",
                        "facilitator",
                        "project_manager",
                        "product_coordinator",
                        "product_owner",
                        "member",
                        "substitute",
                        "supplier",
                        "observer",
                    ]
                ),
                name="membership_known_role",
                violation_error_message=_("Vælg en af de kendte roller."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.group}"

    def clean(self) -> None:
        super().clean()
        if self.person_id:
            self.refuse_anonymised()
        if self.group_id and self._state.adding:
            self.refuse_newcomer_in_closed_group()
        if self.group_id and self.person_id and self.joined_on:
            others = Membership.objects.filter(group_id=self.group_id, person_id=self.person_id)
            self.refuse_overlap(others.exclude(pk=self.pk))

    def refuse_anonymised(self) -> None:
        """Somebody without a name is in no group, but may have been."""
        is_over = self.left_on is not None and self.left_on <= timezone.localdate()
        if self.person.is_anonymised and (self._state.adding or not is_over):
            raise ValidationError(_t("Personen er anonymiseret og kan ikke være med i en gruppe."))

    def refuse_newcomer_in_closed_group(self) -> None:
        """Somebody who was in it while it ran may still be put in the register."""
        closed_on = self.group.closed_on
        if closed_on is not None and (self.left_on is None or self.left_on > closed_on):
            raise ValidationError(
                _t("Gruppen blev nedlagt den %(date)s og kan ikke få nye medlemmer.")
                % {"date": date_format(closed_on)}
            )

    def refuse_overlap(self, others: Iterable[Membership]) -> None:
        """Stop where the person is in the group already on one of these days.

        Two memberships without an end are left to the constraint, which says so in its own words.

        Args:
            others: the person's other memberships of the group.
        """
        for other in others:
            both_open = self.left_on is None and other.left_on is None
            if self.overlaps(other) and not both_open:
                field = "joined_on" if other.joined_on <= self.joined_on else "left_on"
                raise ValidationError({field: _overlap_message(other)})

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return self.joined_on <= today and (self.left_on is None or self.left_on > today)

    @property
    def is_coming(self) -> bool:
        return self.joined_on > timezone.localdate() and self.left_on != self.joined_on

    @property
    def decides(self) -> bool:
        """Whether this member approves the group's charter."""
        return self.Role.decides(self.role)

    @property
    def sits_for_board(self) -> bool:
        """Whether this member brings OS2's board into a styregruppe (G12); elsewhere it says nothing."""
        return self.represents_board and self.group.kind == WorkingGroup.Kind.STEERING

    def overlaps(self, other: Membership) -> bool:
        """Whether there is a day on which both are in force; one that ended the day it began never was."""
        later = max(self.joined_on, other.joined_on)
        return all(membership.left_on is None or membership.left_on > later for membership in (self, other))

    def end(self, *, on: datetime.date | None = None, handover_note: str = "") -> None:
        """End the membership; the row stays as the group's history.

        Raises:
            ValidationError: the day lies before the membership began, or within the person's next one.
        """
        self.left_on = on or timezone.localdate()
        if handover_note:
            self.handover_note = handover_note
        self.group.keep(self, update_fields=["left_on", "handover_note"])

    @transaction.atomic
    def become(self, role: str, *, on: datetime.date, organisation: Organisation | None = None) -> Membership:
        """Go on in another role, or for another organisation, from a day; what was stays as history.

        Raises:
            ValidationError: the day lies before the membership began.
        """
        later = Membership(
            person=self.person,
            role=role,
            organisation=organisation or self.organisation,
            joined_on=on,
            left_on=self.left_on,
            represents_board=self.represents_board,
        )
        self.end(on=on)
        return self.group.keep(later)

    def warnings(self) -> list[str]:
        """What the standard texts say against this membership; never a reason to stop.

        Source: standard text, styregruppe and koordinationsgruppe: Relation til OS2s sekretariat;
        OS2 governance: a supplier takes no decisions on direction, priority or money.
        """
        return list(_membership_warnings(self))


def _overlap_message(other: Membership) -> str:
    first = date_format(other.joined_on)
    if other.left_on is None:
        return _t("Personen er medlem af gruppen fra %(first)s. Perioderne må ikke overlappe.") % {
            "first": first
        }
    return _t("Personen er medlem af gruppen fra %(first)s til %(last)s. Perioderne må ikke overlappe.") % {
        "first": first,
        "last": date_format(other.left_on),
    }


def _membership_warnings(membership: Membership) -> Any:
    kind, organisation = membership.group.kind, membership.organisation
    if organisation is None:
        return
    bound = kind in (WorkingGroup.Kind.STEERING, WorkingGroup.Kind.COORDINATION)
    name = membership.person.name
    if organisation.is_secretariat and bound:
        yield _(
            "%(name)s er ansat i OS2s sekretariat. Ansatte i sekretariatet deltager som udgangspunkt "
            "ikke aktivt i gruppen (standardteksten, Relation til OS2s sekretariat)."
        ) % {"name": name}
    if organisation.is_supplier and kind == WorkingGroup.Kind.STEERING and membership.decides:
        yield _(
            "%(name)s kommer fra en leverandør. En leverandør træffer ikke beslutninger om retning, "
            "prioritering eller økonomi og sidder derfor normalt ikke i en styregruppe."
        ) % {"name": name}
