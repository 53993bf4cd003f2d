"""The register: organisations, people, projects, working groups, and who may do what."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Register")

    def ready(self) -> None:
        from members import access, organisation_logins  # noqa: PLC0415 - receivers need the models loaded
        from members.log import registered, sign_ins  # noqa: PLC0415
        from members.privacy import declared  # noqa: PLC0415
        from members.search import database, following  # noqa: PLC0415

        access.connect()
        organisation_logins.connect()
        declared.declare_ours()
        registered.register()
        sign_ins.connect()
        following.connect()
        post_migrate.connect(_create_cache_table, sender=self, dispatch_uid="members_cache_table")
        post_migrate.connect(database.install_after_migrate, sender=self, dispatch_uid="members_search_index")


def _create_cache_table(using: str, **_: Any) -> None:
    """So that ``migrate`` is all a new database needs; a table that is there is left alone."""
    call_command("createcachetable", database=using, verbosity=0)
