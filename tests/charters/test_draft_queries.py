"""How often the pages of writing ask the database: always the same, however long text and roster are."""

from __future__ import annotations

import pytest
from django.urls import reverse

from charters.models import Charter
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database  # the pages are asked for on both by their own tests


class QueriesOfWritingTests(CastCase):
    charter: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.draft(cls.cast.steering, by=cls.cast.karen)

    def grow(self) -> None:
        """Make the text and the group ten times as large."""
        for number in range(10):
            self.charter.add_section(f"Afsnit {number}", body="xyz")
            factories.membership(self.cast.steering)
        self.charter.standing_sections()[-1].take_out()
        version = factories.template(self.cast.steering.kind).new_version()
        version.publish(by=self.cast.aase, note="Ny.")

    def assert_constant(self, count: int, address: str) -> None:
        """The address costs ``count`` queries, before and after the text has grown."""
        self.client.force_login(self.cast.karen)
        for size in ("short", "long"):
            if size == "long":
                self.grow()
            with self.assertNumQueries(count):
                assert self.client.get(address).status_code == 200

    def test_the_draft(self) -> None:
        self.assert_constant(7, self.charter.get_absolute_url())

    def test_opening_a_section(self) -> None:
        section = self.charter.sections.first()
        assert section is not None
        where = {"slug": self.charter.group.slug, "pk": section.pk}
        self.assert_constant(5, reverse("charters:draft-section-update", kwargs=where))

    def test_adopting(self) -> None:
        where = {"slug": self.charter.group.slug}
        self.assert_constant(10, reverse("charters:draft-adopt", kwargs=where))

    def test_a_standard_text(self) -> None:
        template = factories.template(self.cast.steering.kind)
        self.assert_constant(4, template.get_absolute_url())

    def test_the_list_of_standard_texts(self) -> None:
        self.assert_constant(3, reverse("charters:template-list"))
