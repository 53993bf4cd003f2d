"""Who may do what: the one place where rights are given, taken and asked for.

A member's rights on a group are guardian grants, derived from the memberships by ``GRANTS`` and kept
in step by ``sync``. The secretariat is a Django group holding the same permissions on the model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.http import Http404
from guardian.shortcuts import get_user_perms

from members.models import Membership, User, WorkingGroup, WorkingGroupUserGrant

SECRETARIAT = "Sekretariatet"

VIEW_DRAFTS = "members.view_drafts"
EDIT_CHARTER = "members.edit_charter"
MANAGE_GROUP = "members.manage_group"

Role = Membership.Role
LEADING_ROLES = frozenset(
    {Role.CHAIR, Role.VICE_CHAIR, Role.FACILITATOR, Role.PROJECT_MANAGER, Role.PRODUCT_COORDINATOR}
)
# What each role is granted on its group. Everyone in a group reads its drafts.
GRANTS: dict[str, frozenset[str]] = {
    role: frozenset({"view_drafts", "edit_charter", "manage_group"})
    if role in LEADING_ROLES
    else frozenset({"view_drafts"})
    for role in Role
}
# What is left of it in a closed group, which is read and not changed; the secretariat still corrects it.
_LEFT_WHEN_CLOSED = frozenset({"view_drafts"})

Viewer = User | AnonymousUser


def is_secretariat(user: Viewer) -> bool:
    """Whether ``user`` may do everything: holds the model permissions rather than grants."""
    return user.has_perm(MANAGE_GROUP)


def can(user: Viewer, permission: str, group: WorkingGroup) -> bool:
    """Whether ``user`` holds ``permission`` (one of this module's constants) on ``group``."""
    return permission.split(".")[1] in rights(user, group)


def rights(user: Viewer, group: WorkingGroup) -> frozenset[str]:
    """The codenames of all that ``user`` may do in ``group``, read once for a whole page."""
    everything = frozenset(constant.split(".")[1] for constant in (VIEW_DRAFTS, EDIT_CHARTER, MANAGE_GROUP))
    if is_secretariat(user):
        return everything
    if not user.is_authenticated:
        return frozenset()
    return everything & set(get_user_perms(user, group))


def find_group(user: Viewer, slug: str, *, permission: str | None = None) -> WorkingGroup:
    """The group at an address, for a view.

    Raises:
        Http404: there is none that ``user`` may know of.
        PermissionDenied: they may see it, but lack ``permission``.
    """
    group = (
        WorkingGroup.objects.visible_to(user).select_related("project", "driven_by").filter(slug=slug).first()
    )
    if group is None:
        raise Http404
    if permission is not None:
        require(user, permission, group)
    return group


def require(user: Viewer, permission: str, group: WorkingGroup) -> None:
    """Stop with 403 unless ``user`` holds ``permission`` on ``group``."""
    if not can(user, permission, group):
        raise PermissionDenied


def require_secretariat(user: Viewer) -> None:
    """Stop with 403 unless ``user`` is of the secretariat."""
    if not is_secretariat(user):
        raise PermissionDenied


def led_by(user: User) -> QuerySet[WorkingGroup]:
    """The groups that ``user`` manages as a member of them."""
    codename = MANAGE_GROUP.split(".")[1]
    return WorkingGroup.objects.filter(user_grants__user=user, user_grants__permission__codename=codename)


def may_change_person(user: Viewer, person: User) -> bool:
    """Whether ``user`` may correct, invite and deactivate ``person``: whoever holds an e-mail address
    holds the login, so a superuser's is a superuser's to change. Nobody changes who was anonymised."""
    if person.is_anonymised:
        return False
    return is_secretariat(user) and (bool(user.is_superuser) or not person.is_superuser)


# --- Keeping grants in step with memberships ------------------------------------------------------


Key = tuple[int, str]  # person, codename


def sync(*, group: WorkingGroup | None = None) -> int:
    """Make the grants equal to what today's memberships give; safe to run at any time.

    Args:
        group: only this group's grants, or None for all groups, one at a time.

    Returns:
        The number of grants that were added or taken away.
    """
    every = WorkingGroup.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_sync_group(pk) for pk in (list(every) if group is None else [group.pk]))


@transaction.atomic
def _sync_group(group_id: int) -> int:
    """One group's, with its row locked: a membership that ends between the two readings would be missed."""
    group = WorkingGroup.objects.locked().filter(pk=group_id).first()
    if group is None:
        return 0  # deleted meanwhile, its grants with it
    due, held = _due(group), _held(group)
    surplus = [pk for key, pk in held.items() if key not in due]
    if surplus:
        WorkingGroupUserGrant.objects.filter(pk__in=surplus).delete()
    lacking = due - held.keys()
    if lacking:
        _give(lacking, group=group)
    return len(surplus) + len(lacking)


def _due(group: WorkingGroup) -> set[Key]:
    """What today's memberships give."""
    memberships = group.memberships.current().values_list("person_id", "role")
    due = {(person_id, codename) for person_id, role in memberships for codename in GRANTS[role]}
    return {key for key in due if key[1] in _LEFT_WHEN_CLOSED} if group.is_closed else due


def _held(group: WorkingGroup) -> dict[Key, int]:
    """The grants that there are, with their primary keys."""
    rows = group.user_grants.values_list("pk", "user_id", "permission__codename")
    return {(user_id, codename): pk for pk, user_id, codename in rows}


def _give(lacking: set[Key], *, group: WorkingGroup) -> None:
    codenames = {codename for _user, codename in lacking}
    found = Permission.objects.filter(content_type__app_label="members", codename__in=codenames)
    permissions = {permission.codename: permission for permission in found}
    WorkingGroupUserGrant.objects.bulk_create(
        [
            WorkingGroupUserGrant(user_id=user_id, content_object=group, permission=permissions[codename])
            for user_id, codename in sorted(lacking)
        ]
    )


def out_of_step(groups: Collection[WorkingGroup]) -> list[WorkingGroup]:
    """Those of some groups whose grants are not what today's memberships give; nothing is changed."""
    due, held = _all_due(groups), _all_held(groups)
    suspects = [group for group in groups if due[group.pk] != held[group.pk]]
    # Whoever joins between the two readings looks like a fault: asked again, with the group held.
    return [group for group in suspects if _differs_still(group)]


@transaction.atomic
def _differs_still(group: WorkingGroup) -> bool:
    stored = WorkingGroup.objects.locked().filter(pk=group.pk).first()
    return stored is not None and _due(stored) != _held(stored).keys()


def _all_due(groups: Collection[WorkingGroup]) -> dict[int, set[Key]]:
    closed = {group.pk for group in groups if group.is_closed}
    due = defaultdict[int, set[Key]](set)
    rows = Membership.objects.current().filter(group__in=groups).order_by()
    for group_id, person_id, role in rows.values_list("group_id", "person_id", "role"):
        given = GRANTS[role] & _LEFT_WHEN_CLOSED if group_id in closed else GRANTS[role]
        due[group_id] |= {(person_id, codename) for codename in given}
    return due


def _all_held(groups: Collection[WorkingGroup]) -> dict[int, set[Key]]:
    held = defaultdict[int, set[Key]](set)
    rows = WorkingGroupUserGrant.objects.filter(content_object__in=groups)
    for group_id, user_id, codename in rows.values_list(
        "content_object_id", "user_id", "permission__codename"
    ):
        held[group_id].add((user_id, codename))
    return held


_waiting: ContextVar[set[int] | None] = ContextVar("groups to sync", default=None)


@contextmanager
def together() -> Iterator[None]:
    """While it lasts, groups whose memberships change wait; then each is synced, once.

    For many changes in one transaction: nobody else sees them before their rights are right.
    """
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for group_id in sorted(waiting):
        _sync_group(group_id)


def _membership_changed(instance: Membership, **_: Any) -> None:
    waiting = _waiting.get()
    if waiting is None:
        _sync_group(instance.group_id)
    else:
        waiting.add(instance.group_id)


def _group_changed(instance: WorkingGroup, *, created: bool, **_: Any) -> None:
    if not created:
        sync(group=instance)


def connect() -> None:
    """Sync on every saved or deleted membership, and when a group is closed or opened again.

    The admin and a queryset's ``delete`` are included; a queryset's ``update`` waits for the nightly sync.
    """
    post_save.connect(_membership_changed, sender=Membership, dispatch_uid="access_saved")
    post_delete.connect(_membership_changed, sender=Membership, dispatch_uid="access_deleted")
    post_save.connect(_group_changed, sender=WorkingGroup, dispatch_uid="access_group_saved")


def secretariat() -> Group:
    """The Django group of the secretariat, holding every permission of both apps' models."""
    group, _created = Group.objects.get_or_create(name=SECRETARIAT)
    group.permissions.set(
        Permission.objects.filter(content_type__app_label__in=["members", "charters"]).exclude(
            content_type__model__in=["workinggroupusergrant", "workinggroupgroupgrant", "submission"]
        )
    )
    return group


def place_in_secretariat(user: User) -> None:
    """Make ``user``'s rights follow ``is_staff``, the one mark of being employed there."""
    if user.is_staff:
        user.groups.add(secretariat())
    else:
        user.groups.remove(*user.groups.filter(name=SECRETARIAT))


def misplaced() -> QuerySet[User]:
    """Those whose place in the secretariat does not follow ``is_staff``; nothing is changed."""
    placed = User.objects.filter(groups__name=SECRETARIAT).values("pk")
    office: QuerySet[User] = User.objects.exclude(is_superuser=True)  # may do everything as it is
    return office.filter(Q(is_staff=True) & ~Q(pk__in=placed) | Q(is_staff=False, pk__in=placed))
