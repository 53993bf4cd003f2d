"""Collecting editions into one zip: asked for on a page, done by the worker, sent while it is downloaded."""

from __future__ import annotations

import datetime
import hashlib
import logging
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from charters.bundle_archive import MOST_FILES, Archive, ArchiveFile, TooLargeError
from charters.bundle_names import OVERVIEW, names_of
from charters.bundle_overview import overview_of
from charters.models import Bundle, BundleEntry, Charter, CharterDocument, Selection
from members.models import User

logger = logging.getLogger(__name__)

# So many PDF files are in memory at a time, and so many are read again after a worker was killed.
AT_A_TIME = 20
A_MOMENT = datetime.timedelta(seconds=1)


class DamagedError(Exception):
    """A stored document is not the one that was adopted; in words for the user."""


class TakenOverError(Exception):
    """Another worker has the bundle now: this one was silent for too long, or it was deleted."""


def ask_for(selection: Selection, *, by: User) -> Bundle:
    """Order a bundle of the editions in force that match; which ones is settled here.

    Returns:
        The bundle; the equal one that the same person has under way, where there is one.

    Raises:
        ValidationError: no edition matches, or too many.
    """
    bundle = Bundle(owner=by, project=selection.project, kind=selection.kind, level=selection.level)
    if twin := bundle.twin():
        return twin
    charters = in_order(selection.charters().select_related("group__project"))
    if not charters:
        raise ValidationError(_("Ingen vedtagne kommissorier passer. Vælg noget andet."))
    if len(charters) >= MOST_FILES:
        raise ValidationError(_("Det er flere kommissorier, end en zip-fil kan rumme. Vælg færre."))
    bundle.total = len(charters)
    try:
        with transaction.atomic():
            bundle.save()
            BundleEntry.objects.bulk_create(
                BundleEntry(bundle=bundle, charter=charter, position=position, name=name)
                for position, (charter, name) in enumerate(
                    zip(charters, names_of(charters), strict=True), start=1
                )
            )
            _queue(bundle)
    except IntegrityError:  # the same person sent it twice at once
        if twin := bundle.twin():
            return twin
        raise
    return bundle


def try_again(bundle: Bundle) -> Bundle:
    """Queue a bundle that failed or stands still; anything else is left as it is.

    Returns:
        The bundle to look at: this one, or the equal one that is under way.
    """
    with transaction.atomic():
        queued = bundle.requeue()
        if queued == bundle:
            _queue(bundle)
    return queued or bundle


def in_order(charters: Iterable[Charter]) -> list[Charter]:
    """By project, those without one last; then by the name of the group."""

    def key(charter: Charter) -> tuple[bool, str, str, int]:
        project = charter.group.project
        return (project is None, project.sort_key if project else "", charter.group.sort_key, charter.pk)

    return sorted(charters, key=key)


def _queue(bundle: Bundle) -> None:
    """Have it collected now, and looked at again when the lease has run out."""
    collect.enqueue(bundle.pk)
    _queue_later(bundle)


def _queue_later(bundle: Bundle) -> None:
    """While a bundle is under way there is always a task to come that finds it, should its worker be killed.

    django-tasks-db starts no task a second time by itself.
    """
    collect.using(run_after=bundle.free_at() + A_MOMENT).enqueue(bundle.pk)


@task
def collect(bundle_id: int) -> None:
    """Read what a bundle lacks, and finish it. Does nothing if it is done, or another worker is at it."""
    prune()
    bundle = Bundle.objects.filter(pk=bundle_id).first()
    if bundle is None or not bundle.is_under_way:
        return
    _queue_later(bundle)
    run = bundle.take()
    if run is None:
        return
    try:
        for entries in batched(list(bundle.entries.missing()), AT_A_TIME, strict=False):
            _measure(entries)
            with transaction.atomic():
                if not bundle.hold(run):
                    raise TakenOverError
                BundleEntry.objects.bulk_update(entries, ["size", "crc32"])
        overview = overview_of(bundle)
        _archive_of(bundle, overview)
        bundle.finish(run, overview=overview)
    except TakenOverError:
        return
    except DamagedError as error:
        bundle.fail(run, error=str(error))
    except TooLargeError:
        bundle.fail(run, error=_("Samlingen fylder mere, end en zip-fil kan rumme. Vælg færre kommissorier."))
    except (OperationalError, InterfaceError):
        raise  # the database is gone or full; when it is back the task to come finds the bundle and goes on
    except Exception:
        logger.exception("Bundle %s could not be collected", bundle.pk)
        bundle.fail(run, error=_("Der gik noget galt, mens kommissorierne blev samlet."))


def _measure(entries: Sequence[BundleEntry]) -> None:
    """Read the stored documents, see that each is the one that was adopted, and note size and checksum.

    Raises:
        DamagedError: see there.
    """
    documents = CharterDocument.objects.filter(charter__in=[entry.charter_id for entry in entries])
    stored = {pk: (pdf, digest) for pk, pdf, digest in documents.values_list("charter", "pdf", "pdf_sha256")}
    for entry in entries:
        pdf, digest = stored[entry.charter_id]
        if digest and hashlib.sha256(pdf).hexdigest() != digest:
            message = _("Det gemte dokument er beskadiget: %(name)s. Sig det til dem, der driver siden.")
            raise DamagedError(message % {"name": entry.name})
        entry.size, entry.crc32 = len(pdf), zlib.crc32(pdf)


def _archive_of(bundle: Bundle, overview: str) -> Archive:
    content = overview.encode()
    day = timezone.localdate(bundle.created_at)
    first = ArchiveFile(OVERVIEW, len(content), zlib.crc32(content), day)
    rows: Any = bundle.entries.values_list("name", "size", "crc32", "charter__dated_on")
    return Archive([first, *(ArchiveFile(*row) for row in rows)])


def size_of(bundle: Bundle) -> int | None:
    """How many bytes the zip has, once that is known."""
    return _archive_of(bundle, bundle.overview).size if bundle.is_done else None


def zip_of(bundle: Bundle) -> tuple[int, Iterator[bytes]]:
    """The zip of a bundle that is done: how many bytes it has, and the bytes, a few editions at a time."""
    archive = _archive_of(bundle, bundle.overview)
    charters = list(bundle.entries.values_list("charter", flat=True))
    return archive.size, archive.stream(_contents(bundle.overview, charters))


def _contents(overview: str, charters: Sequence[int]) -> Iterator[bytes]:
    yield overview.encode()
    for some in batched(charters, AT_A_TIME, strict=False):
        stored = dict(CharterDocument.objects.filter(charter__in=some).values_list("charter", "pdf"))
        for pk in some:
            yield bytes(stored[pk])


def prune() -> int:
    """Delete the bundles that are too old to be downloaded; safe to run at any time."""
    return Bundle.objects.expired().delete()[1].get("charters.Bundle", 0)
