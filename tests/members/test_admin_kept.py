"""What the register has held it keeps: the admin deletes no people, groups or memberships."""

from __future__ import annotations

from django.db.models import Model

from members.models import WorkingGroup
from tests import factories
from tests.members.test_admin import AdminCase, url


class KeptTests(AdminCase):
    """What the register has held it keeps; superusers are no exception."""

    def delete(self, row: Model) -> list[int]:
        """Try each way to delete it."""
        model = type(row)
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        self.client.post(url("changelist", model), chosen)
        return [
            self.client.get(url("delete", model, row.pk)).status_code,
            self.client.post(url("delete", model, row.pk), {"post": "yes"}).status_code,
        ]

    def test_people_groups_and_memberships_are_never_deleted(self) -> None:
        empty = factories.group("professional", name="Tom")
        ended = self.cast.steering.memberships.get(person=self.cast.soeren)
        for person in (self.cast.aase, self.cast.oejvind):
            self.client.force_login(person)
            for row in (self.cast.ida, empty, ended):
                assert self.delete(row) == [403, 403], (person, row)
                assert type(row)._base_manager.filter(pk=row.pk).exists(), (person, row)

    def test_no_row_of_a_group_is_deleted_on_its_page(self) -> None:
        where = url("change", WorkingGroup, self.cast.steering.pk)
        self.assertNotContains(self.client.get(where), "-DELETE")
        data = self.form_of(WorkingGroup, self.cast.steering.pk)
        self.client.post(where, data | {"memberships-0-DELETE": "on"})
        assert self.cast.steering.memberships.count() == 3

    def test_a_project_or_an_organisation_goes_only_where_nothing_points_to_it(self) -> None:
        explained = factories.project("OS2forklaret")
        factories.explanation(explained)
        for row in (self.cast.project, explained, self.cast.ida.organisation):
            self.delete(row)
            assert type(row)._base_manager.filter(pk=row.pk).exists(), row
        for row in (factories.project("OS2fejltastet"), factories.organisation("Fejltastet")):
            self.delete(row)
            assert not type(row)._base_manager.filter(pk=row.pk).exists(), row
