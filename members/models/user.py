"""People, with or without a login; the e-mail address is the user name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin

from members.cpr import without_cpr
from members.danish import contains, in_order, search_key_field, sort_key_field
from members.models.counted import how_many
from members.models.organisation import Organisation
from members.models.period import in_force


class UserQuerySet(models.QuerySet["User"]):
    def matching(self, text: str) -> UserQuerySet:
        """Those whose name, e-mail or organisation contains ``text``."""
        named = contains(text, "search_key", "organisation__search_key")
        return self.filter(named | Q(email__contains=text.strip().lower()))

    def locked(self) -> UserQuerySet:
        """Held against other writers until the transaction ends; rows that point here may still be added."""
        return self.select_for_update(no_key=True)

    def with_login(self) -> UserQuerySet:
        """Those who have chosen a password, and those who have signed in by their organisation's login."""
        has_password = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.filter(has_password | Q(last_login__isnull=False), is_active=True)

    def with_group_count(self) -> UserQuerySet:
        """Adds ``group_count``: the groups they are in today."""
        return self.annotate(group_count=how_many(User, "memberships", when=in_force(), of="group"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates people; e-mail addresses are kept in lower case, so that one person is one row."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person. Without a password there is no login until an invitation is accepted."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user: User = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> User:
        user: User = self.get(email=(username or "").lower())
        return user


class User(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    class MailRhythm(models.TextChoices):
        MONTHLY = "monthly", _("Højst én gang om måneden")
        WEEKLY = "weekly", _("Højst én gang om ugen")
        NEVER = "never", _("Aldrig")

    email = models.EmailField(
        _("e-mail"),
        max_length=254,
        unique=True,
        validators=[without_cpr],
        error_messages={"unique": _("Der findes allerede en person med den e-mailadresse.")},
    )
    name = models.CharField(_("navn"), max_length=200, validators=[without_cpr])
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="people",
        null=True,
        blank=True,
    )
    title = models.CharField(_("stilling"), max_length=120, blank=True, validators=[without_cpr])
    phone = models.CharField(_("telefon"), max_length=30, blank=True, validators=[without_cpr])
    is_active = models.BooleanField(
        _("aktiv"), default=True, help_text=_("Fjern markeringen i stedet for at slette en person.")
    )
    is_staff = models.BooleanField(
        _("adgang til administrationen"), default=False, help_text=_("For ansatte i OS2s sekretariat.")
    )
    date_joined = models.DateTimeField(_("oprettet"), default=timezone.now, editable=False)
    invited_at = models.DateTimeField(_("inviteret"), null=True, blank=True, editable=False)
    mail_rhythm = models.CharField(
        _("mails om det, der venter på dig"),
        max_length=10,
        choices=MailRhythm.choices,
        default=MailRhythm.MONTHLY,
        help_text=_("Du får kun en mail, når noget venter på dig."),
    )
    anonymised_at = models.DateTimeField(_("anonymiseret"), null=True, blank=True, editable=False)
    anonymised_by = models.ForeignKey(
        "self",
        verbose_name=_("anonymiseret af"),
        on_delete=models.PROTECT,
        related_name="people_anonymised",
        null=True,
        blank=True,
        editable=False,
    )
    search_key = search_key_field("name")
    sort_key = sort_key_field("name")

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["sort_key", "email"]
        indexes = [in_order("user")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_unique_email",
                violation_error_message=_("Der findes allerede en person med den e-mailadresse."),
            ),
            models.CheckConstraint(
                condition=Q(mail_rhythm__in=["monthly", "weekly", "never"]),
                name="user_known_mail_rhythm",
                violation_error_message=_("Vælg, hvor tit du vil have mails."),
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at=None)
                | Q(is_active=False, is_staff=False, is_superuser=False)
                & Q(organisation=None, title="", phone="", email__endswith="@anonym.invalid"),
                name="user_anonymised_stays_so",
                violation_error_message=_("En anonymiseret person kan ikke få oplysninger eller adgang."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic(savepoint=False)  # with what it is found by
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("members:person-detail", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def has_login(self) -> bool:
        return self.is_active and self.has_usable_password()

    @property
    def is_anonymised(self) -> bool:
        """Whether all that told who this is was taken away (``members.privacy``)."""
        return self.anonymised_at is not None

    @property
    def wants_no_mails(self) -> bool:
        return self.mail_rhythm == self.MailRhythm.NEVER

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """As Django's; a right on everything is only for those employed in the secretariat.

        Others' rights are grants on a group: the database need not be asked on each page for the rest.
        """
        if obj is None and not (self.is_staff or self.is_superuser):
            return False
        return super().has_perm(perm, obj)

    def hold(self) -> None:
        """Wait where the person is being anonymised, and have that wait until the transaction ends."""
        held = User.objects.locked().values_list("anonymised_at", flat=True)
        self.anonymised_at = held.get(pk=self.pk)

    def deactivate(self) -> None:
        """Take the login away; memberships and everything they wrote stay."""
        self.is_active = False
        self.save(update_fields=["is_active"])

    def activate(self) -> None:
        self.is_active = True
        self.save(update_fields=["is_active"])

    def stop_mails(self) -> None:
        self.mail_rhythm = self.MailRhythm.NEVER
        self.save(update_fields=["mail_rhythm"])
