"""Writing the next version of a standard text: the secretariat's own, in the same way as a draft."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from charters.models import CharterTemplate
from members.models import WorkingGroup
from tests import factories
from tests.cast import CastCase


class StandardTextTests(CastCase):
    def address(self, verb: str, **where: Any) -> str:
        return reverse(
            f"charters:template-section-{verb}", kwargs={"kind": WorkingGroup.Kind.STEERING} | where
        )

    def setUp(self) -> None:
        self.template = factories.template(WorkingGroup.Kind.STEERING).new_version()
        self.section = self.template.sections.get(heading="Rolle")

    def write(self) -> Any:
        data = {
            "heading": "Rolle",
            "body": "<p>Ny</p>",
            "base": self.section.revision,
            "topic": "decides",
            "area": "",
            "must_be_filled": "on",
            "prompt": "Skriv jeres rolle.",
        }
        return self.client.post(self.address("update", pk=self.section.pk), data)

    def test_the_secretariat_writes_the_next_version_with_what_it_means_to_groups(self) -> None:
        self.client.force_login(self.cast.aase)
        assert self.write().status_code == 302
        self.section.refresh_from_db()
        assert self.section.body == "<p>Ny</p>"
        assert (self.section.topic, self.section.must_be_filled) == ("decides", True)
        assert self.section.prompt == "Skriv jeres rolle."

    def test_nobody_else_does(self) -> None:
        self.client.force_login(self.cast.karen)
        assert self.write().status_code == 403
        self.client.logout()
        assert self.write().status_code == 302
        self.section.refresh_from_db()
        assert self.section.revision == 0

    def test_a_published_version_is_not_there_to_write_in(self) -> None:
        self.template.publish(by=self.cast.aase, note="Ny.")
        self.client.force_login(self.cast.aase)
        assert self.write().status_code == 404
        assert CharterTemplate.objects.get(pk=self.template.pk).sections.get(heading="Rolle").revision == 0
