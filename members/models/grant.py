"""guardian's grants on working groups, with real foreign keys: a deleted row takes its grants along.

``members.access`` alone writes them.
"""

from django.db import models
from guardian.models.models import GroupObjectPermissionBase, UserObjectPermissionBase

from members.models.group import WorkingGroup


class WorkingGroupUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class WorkingGroupGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
