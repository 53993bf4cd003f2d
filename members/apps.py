"""The register: organisations, people, projects, working groups, and who may do what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Register")

    def ready(self) -> None:
        from members import access  # noqa: PLC0415 - receivers need the models loaded

        access.connect()
