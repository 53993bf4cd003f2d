"""How the site is: one address for a load balancer, and one for whoever watches over it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Case, Min, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from charters import sign_of_life, triggers
from charters.verifying.database import missing_migrations

logger = logging.getLogger(__name__)

LONGEST_WAIT = 120  # seconds a task may wait, and a worker be silent


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Whether to send people here: the process answers, and so does its database. Touches no session."""
    try:
        _ask_the_database()
    except (DatabaseError, InterfaceError):
        logger.exception("The database does not answer")
        return HttpResponse("database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Whether somebody must be called: everything the site needs, part by part; 503 when one is not well.

    Open to everyone, as a watcher's question is; it tells of no names, versions or errors. The log does.
    """
    found = {name: _look(look) for name, look in PARTS.items()}
    is_well = all(part["ok"] for part in found.values())
    return JsonResponse({"ok": is_well, **found}, status=200 if is_well else 503)


def _look(look: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return look()
    except (DatabaseError, InterfaceError):
        logger.exception("The health check failed")
        return {"ok": False}


def _ask_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _database() -> dict[str, Any]:
    _ask_the_database()
    return {"ok": True}


def _migrations() -> dict[str, Any]:
    """The database has every migration of this code; it may have more, from the version that comes next."""
    missing = [fault.where for fault in missing_migrations()]
    if missing:
        logger.error("Migrations are missing: %s", ", ".join(missing))
    return {"ok": not missing}


def _guards() -> dict[str, Any]:
    """What refuses changes of adopted texts stands in the database."""
    missing = triggers.not_in_place(connection)
    if missing:
        logger.error("Triggers are missing: %s", ", ".join(missing))
    return {"ok": not missing}


def _worker() -> dict[str, Any]:
    """A worker lives, and what is queued is taken up: when it last said so, and how long the oldest waits."""
    now = timezone.now()
    seen = sign_of_life.latest()
    silent = int((now - seen).total_seconds()) if seen else None
    # A task without a time of its own is given the last there is (get_date_max of django-tasks-db).
    due = Case(When(run_after__lte=now, then="run_after"), default="enqueued_at")
    since = DBTaskResult.objects.ready().aggregate(oldest=Min(due))["oldest"]
    waited = int((now - since).total_seconds()) if since else 0
    is_well = silent is not None and max(silent, waited) <= LONGEST_WAIT
    return {"ok": is_well, "seconds_since_sign_of_life": silent, "oldest_task_waits_seconds": waited}


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": _database,
    "migrations": _migrations,
    "guards": _guards,
    "worker": _worker,
}
