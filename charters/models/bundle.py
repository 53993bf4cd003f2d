"""Many editions as one zip ("Samling"): who asked for it, which ones, and how far it is.

The PDF files are not copied: what was adopted never changes, so a bundle is the list of what goes into the
zip, with the size and the checksum of each file, and the zip itself is put together while it is downloaded.
Everything is in the database, for the worker and each request may be on machines of their own.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charters.models.charter import Charter
from members.models import Project, User, WorkingGroup

KEPT_FOR = datetime.timedelta(days=7)
# A worker says that it is alive many times a second; one that was silent for this long is taken for dead.
LEASE = datetime.timedelta(seconds=30)
PATIENCE = datetime.timedelta(minutes=2)  # after which a person is offered to try again


class Selection(NamedTuple):
    """Which editions are asked for; what is None or empty narrows nothing."""

    project: Project | None = None
    kind: str = ""
    level: str = ""

    def charters(self) -> models.QuerySet[Charter]:
        """The editions in force that match, by the register as it is today."""
        charters = Charter.objects.adopted()
        if self.project:
            charters = charters.filter(group__project=self.project)
        if self.kind:
            charters = charters.filter(group__kind=self.kind)
        if self.level:
            charters = charters.filter(group__project__level=self.level)
        return charters


class BundleQuerySet(models.QuerySet["Bundle"]):
    def of(self, owner: User) -> BundleQuerySet:
        """A person's own, which nobody else sees."""
        return self.filter(owner=owner, created_at__gte=timezone.now() - KEPT_FOR)

    def under_way(self) -> BundleQuerySet:
        return self.filter(state__in=[self.model.State.WAITING, self.model.State.RUNNING])

    def silent(self, *, longer_than: datetime.timedelta) -> BundleQuerySet:
        """Those on which nobody is working, as far as can be seen."""
        before = timezone.now() - longer_than
        return self.under_way().filter(Q(alive_at=None) | Q(alive_at__lt=before))

    def expired(self) -> BundleQuerySet:
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class Bundle(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Venter")
        RUNNING = "running", _("Samles")
        DONE = "done", _("Klar")
        FAILED = "failed", _("Mislykkedes")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt af"),
        on_delete=models.CASCADE,
        related_name="bundles",
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("projekt"),
        on_delete=models.CASCADE,
        related_name="bundles",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("type"), max_length=20, choices=WorkingGroup.Kind.choices, blank=True)
    level = models.CharField(_("niveau"), max_length=10, choices=Project.Level.choices, blank=True)
    state = models.CharField(_("tilstand"), max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(_("antal"))
    overview = models.TextField(_("oversigt (CSV)"), blank=True)
    error = models.CharField(_("fejl"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("bestilt"), default=timezone.now, db_index=True, editable=False)
    queued_at = models.DateTimeField(_("sat i kø"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("færdig"), null=True, blank=True, editable=False)
    # Who works on it, by a number drawn for each run, and when that was last heard of.
    run = models.UUIDField(_("kørsel"), null=True, blank=True, editable=False)
    alive_at = models.DateTimeField(_("livstegn"), null=True, blank=True, editable=False)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("samling")
        verbose_name_plural = _("samlinger")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
                name="bundle_known_state",
                violation_error_message=_("Samlingens tilstand kendes ikke."),
            ),
            models.UniqueConstraint(
                F("owner"),
                F("kind"),
                F("level"),
                Coalesce("project_id", 0),
                condition=Q(state__in=["waiting", "running"]),
                name="bundle_one_alike_under_way",
                violation_error_message=_("Du har allerede bestilt den samling."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("charters:bundle-detail", args=[self.pk])

    @property
    def selection(self) -> Selection:
        return Selection(self.project, self.kind, self.level)

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def is_stalled(self) -> bool:
        """Whether it should be further by now: no worker runs, or the queue has lost it."""
        heard = max(filter(None, (self.queued_at, self.alive_at)))
        return self.is_under_way and heard < timezone.now() - PATIENCE

    def free_at(self) -> datetime.datetime:
        """When another worker may take it, if no more is heard of the one that has it, or takes it now."""
        now = timezone.now()
        held_until = self.alive_at + LEASE if self.alive_at else now
        return held_until if held_until > now else now + LEASE

    def done(self) -> int:
        """How many of the editions are ready."""
        return self.entries.ready().count()

    def twin(self) -> Bundle | None:
        """The same person's equal bundle that is under way, if any."""
        alike = Bundle.objects.under_way().exclude(pk=self.pk)
        alike = alike.filter(owner=self.owner, project=self.project, kind=self.kind, level=self.level)
        return alike.first()

    def take(self) -> uuid.UUID | None:
        """Begin to work on it, unless somebody does; the number of the run, or None."""
        run, now = uuid.uuid4(), timezone.now()
        free = Bundle.objects.silent(longer_than=LEASE).filter(pk=self.pk)
        taken = free.update(state=self.State.RUNNING, run=run, alive_at=now)
        return run if taken else None

    def hold(self, run: uuid.UUID, **fields: Any) -> bool:
        """Say that the run is alive, and save what it knows; False when another has taken over."""
        mine = Bundle.objects.under_way().filter(pk=self.pk, run=run)
        return bool(mine.update(alive_at=timezone.now(), **fields))

    def finish(self, run: uuid.UUID, *, overview: str) -> bool:
        return self.hold(run, state=self.State.DONE, overview=overview, finished_at=timezone.now(), error="")

    def fail(self, run: uuid.UUID, *, error: str) -> bool:
        return self.hold(run, state=self.State.FAILED, error=error)

    def requeue(self) -> Bundle | None:
        """Let a worker begin again with what is left, if it failed or stands still.

        Returns:
            Itself if it is to be queued; the equal one that is under way, if there is one; None if there is
            nothing to do.
        """
        if not (self.is_failed or self.is_stalled):
            return None
        as_seen = Bundle.objects.filter(
            pk=self.pk, state=self.state, run=self.run, alive_at=self.alive_at, queued_at=self.queued_at
        )
        try:
            with transaction.atomic():
                queued = as_seen.update(
                    state=self.State.WAITING, run=None, alive_at=None, error="", queued_at=timezone.now()
                )
        except IntegrityError:
            return self.twin()
        return self if queued else None


class BundleEntryQuerySet(models.QuerySet["BundleEntry"]):
    def ready(self) -> BundleEntryQuerySet:
        return self.filter(size__isnull=False)

    def missing(self) -> BundleEntryQuerySet:
        return self.filter(size=None)


class BundleEntry(models.Model):
    """One edition in a bundle: what its file is called, and, once it was read, its size and checksum."""

    bundle = models.ForeignKey(
        Bundle, verbose_name=_("samling"), on_delete=models.CASCADE, related_name="entries"
    )
    charter = models.ForeignKey(
        Charter, verbose_name=_("kommissorium"), on_delete=models.PROTECT, related_name="bundle_entries"
    )
    position = models.PositiveIntegerField(_("rækkefølge"))
    name = models.CharField(_("filnavn"), max_length=255)
    size = models.PositiveIntegerField(_("størrelse"), null=True, blank=True)
    crc32 = models.BigIntegerField(_("kontrolsum"), null=True, blank=True)

    objects = BundleEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("fil i samling")
        verbose_name_plural = _("filer i samling")
        ordering = ["position"]  # within a bundle
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "charter"],
                name="bundleentry_once_each",
                violation_error_message=_("Kommissoriet er allerede med i samlingen."),
            ),
            models.UniqueConstraint(
                fields=["bundle", "name"],
                name="bundleentry_unique_name",
                violation_error_message=_("Samlingen har allerede en fil med det navn."),
            ),
            models.UniqueConstraint(
                fields=["bundle", "position"],
                name="bundleentry_unique_position",
                violation_error_message=_("Pladsen i samlingen er optaget."),
            ),
            models.CheckConstraint(
                condition=Q(size=None, crc32=None) | Q(size__isnull=False, crc32__isnull=False),
                name="bundleentry_read_whole",
                violation_error_message=_("En læst fil har både størrelse og kontrolsum."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
