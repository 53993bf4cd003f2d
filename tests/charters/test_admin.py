"""Charters in the admin: found and read, and never written, not even by a superuser."""

from __future__ import annotations

from django.db.models import Model
from django.urls import reverse

from charters.adoption import adopt
from charters.models import Approval, Charter, CharterTemplate, Obligation
from tests import factories
from tests.cast import CastCase


def url(page: str, model: type[Model], *args: object) -> str:
    return reverse(f"admin:charters_{model._meta.model_name}_{page}", args=args)


class CharterAdminTests(CastCase):
    charter: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.draft(cls.cast.steering, by=cls.cast.karen)
        adopt(cls.charter, by=cls.cast.karen, on=factories.LONG_AGO, approving=[cls.cast.jonas.pk])

    def rows(self) -> list[Model]:
        return [
            self.charter,
            CharterTemplate.objects.published().of_kind("steering").get(),
            Approval.objects.get(),
            Obligation.objects.first(),
        ]

    def test_each_is_listed_and_read_with_a_way_to_its_own_page(self) -> None:
        self.client.force_login(self.cast.aase)
        for row, home in zip(
            self.rows(),
            [self.charter.get_absolute_url(), self.rows()[1].get_absolute_url()]
            + [self.charter.get_absolute_url()] * 2,
            strict=True,
        ):
            for page in (url("changelist", type(row)), url("change", type(row), row.pk)):
                response = self.client.get(page)
                self.assertContains(response, f'href="{home}"')
            self.assertNotContains(response, 'name="_save"')

    def test_nothing_is_added_changed_or_deleted_by_a_secretary_or_a_superuser(self) -> None:
        before = Charter.objects.values().get(pk=self.charter.pk)
        for person in (self.cast.aase, self.cast.oejvind):
            self.client.force_login(person)
            for row in self.rows():
                self.assert_kept(row)
        assert Charter.objects.values().get(pk=self.charter.pk) == before

    def assert_kept(self, row: Model) -> None:
        """No request of the admin's that would write this row is answered with anything but no."""
        model = type(row)
        assert self.client.get(url("add", model)).status_code == 403
        rewritten = {"group_name": "Kuppet", "note": "x", "wording": "x", "manner": "meeting"}
        assert self.client.post(url("change", model, row.pk), rewritten).status_code == 403, model
        assert self.client.post(url("delete", model, row.pk), {"post": "yes"}).status_code == 403, model
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        self.client.post(url("changelist", model), chosen)
        assert model._base_manager.filter(pk=row.pk).exists()

    def test_danish_letters_are_found(self) -> None:
        self.cast.steering.name = "Ørestyret"
        self.cast.steering.save()
        self.client.force_login(self.cast.aase)
        for q, count in (("ØRE", 1), ("naturkort", 1), ("are", 0)):
            page = self.client.get(url("changelist", Charter), {"q": q})
            assert page.context["cl"].result_count == count, q

    def test_others_are_refused(self) -> None:
        self.client.force_login(self.cast.karen)
        assert self.client.get(url("changelist", Charter), follow=True).status_code == 403
