"""What an adoption stores beside the text: the members as they were, and the document to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.models.charter import Charter
from members.cpr import without_cpr
from members.models import Membership


class CharterMember(models.Model):
    """A member as the adopted edition names them.

    The canonical content holds only a salted commitment to the name, so the name can be taken out later
    (a person's right) and the edition still verifies.
    """

    charter = models.ForeignKey(
        Charter, verbose_name=_("kommissorium"), on_delete=models.PROTECT, related_name="members"
    )
    position = models.PositiveIntegerField(_("rækkefølge"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="charter_memberships",
        null=True,
        blank=True,
    )
    name = models.CharField(_("navn"), max_length=200, blank=True, validators=[without_cpr])
    salt = models.CharField(_("salt"), max_length=64, blank=True)
    role = models.CharField(_("rolle"), max_length=20, choices=Membership.Role.choices)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True, validators=[without_cpr])
    approved_on = models.DateField(
        _("godkendt på mødet"),
        null=True,
        blank=True,
        help_text=_("Godkendelsen, som den stod ved vedtagelsen. Senere godkendelser står for sig selv."),
    )

    class Meta:
        verbose_name = _("medlem ved vedtagelsen")
        verbose_name_plural = _("medlemmer ved vedtagelsen")
        ordering = ["charter", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "position"],
                name="chartermember_unique_position",
                violation_error_message=_("Pladsen i medlemslisten er optaget."),
            ),
            models.UniqueConstraint(
                fields=["charter", "person"],
                name="chartermember_unique_person",
                violation_error_message=_("Personen står allerede i kommissoriet."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def decides(self) -> bool:
        """Whether this member is asked to approve the edition."""
        return Membership.Role.decides(self.role)

    @classmethod
    def of(cls, members: Iterable[Any], *, charter: Charter) -> list[CharterMember]:
        """Unsaved rows for an edition's members."""
        return [
            cls(
                charter=charter,
                position=position,
                person_id=member.person_id,
                name=member.name,
                salt=member.salt,
                role=member.role,
                organisation=member.organisation,
                approved_on=member.approved_on,
            )
            for position, member in enumerate(members, start=1)
        ]


class CharterDocument(models.Model):
    """What was adopted, to the byte: the canonical content and the PDF. Kept apart, for they are large."""

    charter = models.OneToOneField(
        Charter, verbose_name=_("kommissorium"), on_delete=models.PROTECT, related_name="document"
    )
    content = models.TextField(_("indhold (kanonisk JSON)"))
    pdf = models.BinaryField(_("PDF"))
    pdf_sha256 = models.CharField(
        _("PDF'ens SHA-256"), max_length=64, db_index=True, default="", editable=False
    )

    class Meta:
        verbose_name = _("vedtaget dokument")
        verbose_name_plural = _("vedtagne dokumenter")

    def __str__(self) -> str:
        return str(self.charter)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pdf_sha256 = hashlib.sha256(self.pdf).hexdigest()
        super().save(*args, **kwargs)
