"""Standard texts, charters and their editions, obligations, and the documents made from them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from charters import triggers


class ChartersConfig(AppConfig):
    name = "charters"
    verbose_name = _("Kommissorier")

    def ready(self) -> None:
        from charters import acts, closing, finding, leaving, privacy  # noqa: PLC0415 - receivers need the models loaded

        acts.connect()
        closing.connect()
        finding.connect()
        leaving.connect()
        privacy.declare_ours()
        privacy.connect()
        pre_migrate.connect(triggers.lift_before_migrate, sender=self, dispatch_uid="charters_lift_triggers")
        post_migrate.connect(
            triggers.install_after_migrate, sender=self, dispatch_uid="charters_frozen_triggers"
        )
