"""Projects and products: read by everyone, kept by the secretariat."""

from __future__ import annotations

import datetime
import uuid

from django.urls import reverse

from members.models import Project, WorkingGroup
from tests import factories
from tests.cast import CastCase

Level = Project.Level
LIST = reverse("members:project-list")
CREATE = reverse("members:project-create")


def url(name: str, project: Project) -> str:
    return reverse(f"members:project-{name}", args=[project.slug])


class ProjectListTests(CastCase):
    def found(self, **asked: str) -> list[str]:
        return [project.name for project in self.client.get(LIST, asked).context["page_obj"]]

    def test_projects_stand_in_danish_order_and_are_narrowed_by_level_and_kind(self) -> None:
        factories.project("OS2årshjul", level=Level.LEVEL_3, kind=Project.Kind.PRODUCT)
        factories.project("OS2øvelse", level=Level.SANDBOX)
        factories.project("OS2gammel", closed_on=factories.LONG_AGO)
        assert self.found() == ["OS2naturkort", "OS2øvelse", "OS2årshjul"]
        assert self.found(level="level_3") == self.found(kind="product") == ["OS2årshjul"]
        assert self.found(q="ØV") == ["OS2øvelse"]
        assert self.found(standing="closed") == ["OS2gammel"]

    def test_those_signed_in_see_what_is_lacking_and_visitors_do_not(self) -> None:
        factories.project("OS2eksempel", level=Level.LEVEL_2, facilitator=None)
        self.assertNotContains(self.client.get(LIST), "2 krav mangler")
        self.client.force_login(self.cast.jonas)
        page = self.client.get(LIST)
        self.assertContains(page, "2 krav mangler", count=1)
        self.assertContains(page, "Intet mangler", count=1)  # OS2naturkort has both groups and a tovholder


class ProjectPageTests(CastCase):
    def test_everyone_sees_the_project_with_its_public_groups(self) -> None:
        factories.group("professional", project=self.cast.project, name="Hemmelig", visibility="members")
        page = self.client.get(self.cast.project.get_absolute_url())
        for words in ("OS2naturkort", "Niveau 2", "Mette Fjordager", "Styregruppen for OS2naturkort"):
            self.assertContains(page, words)
        self.assertNotContains(page, "Hemmelig")
        self.client.force_login(self.cast.aase)
        self.assertContains(self.client.get(self.cast.project.get_absolute_url()), "Hemmelig")

    def test_a_row_shows_how_it_stands_with_the_groups_charter(self) -> None:
        factories.adopted(self.cast.steering, by=self.cast.karen)
        page = self.client.get(self.cast.project.get_absolute_url())
        self.assertContains(page, "Vedtaget, skal gennemgås", count=1)
        self.assertContains(page, "Intet vedtaget", count=1)

    def test_a_project_that_is_not_there_is_not_found(self) -> None:
        assert self.client.get("/projekter/findes-ikke/").status_code == 404


class KeepProjectTests(CastCase):
    def data(self, **fields: object) -> dict[str, object]:
        sound = {"name": "OS2mødebog", "kind": "project", "level": "level_1"}
        return sound | {"submission": str(uuid.uuid4())} | fields

    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def test_only_the_secretariat_keeps_projects(self) -> None:
        pages = [CREATE, url("update", self.cast.project), url("close", self.cast.project)]
        for page in pages:
            assert self.client.get(page).status_code == 200, page
        self.client.force_login(self.cast.mette)  # the project's own tovholder
        for page in pages:
            assert self.client.get(page).status_code == 403, page
            assert self.client.post(page, self.data()).status_code == 403, page

    def test_a_project_is_created_with_an_address_of_its_name(self) -> None:
        response = self.client.post(CREATE, self.data(facilitator="karen havbirk"))
        self.assertRedirects(response, "/projekter/os2moedebog/")
        assert Project.objects.get(slug="os2moedebog").facilitator == self.cast.karen

    def test_a_tovholder_whom_nobody_knows_is_said_beside_the_field_with_who_is_like_it(self) -> None:
        response = self.client.post(CREATE, self.data(facilitator="Karen Hav"))
        assert response.status_code == 422
        (said,) = response.context["form"].errors["facilitator"]
        assert "Mente du Karen Havbirk (Odder Kommune)?" in said
        self.assertContains(response, 'value="Karen Hav"', status_code=422)

    def test_those_in_the_projects_groups_are_offered_as_tovholder_and_for_a_new_one_other_tovholdere(
        self,
    ) -> None:
        def offered(page: str) -> str:
            content = self.client.get(page).content.decode()
            return content[content.index("<datalist") : content.index("</datalist")]

        assert "Karen Havbirk (Odder Kommune)" in offered(url("update", self.cast.project))
        assert "Karen Havbirk" not in offered(CREATE)
        assert "Mette Fjordager" in offered(CREATE)

    def test_a_tovholder_who_was_deactivated_stays_until_another_is_named(self) -> None:
        self.cast.mette.is_active = False
        self.cast.mette.save(update_fields=["is_active"])
        page = self.client.get(url("update", self.cast.project))
        shown = page.context["form"]["facilitator"].value()
        data = self.data(name="OS2natur", slug="os2natur", facilitator=shown)
        self.assertRedirects(self.client.post(url("update", self.cast.project), data), "/projekter/os2natur/")
        project = Project.objects.get(pk=self.cast.project.pk)
        assert (project.name, project.facilitator) == ("OS2natur", self.cast.mette)
        refused = self.client.post(CREATE, self.data(facilitator=shown))
        assert "facilitator" in refused.context["form"].errors

    def test_two_names_with_one_address_get_two(self) -> None:
        for name in ("OS2 mødebog", "OS2-mødebog"):
            self.client.post(CREATE, self.data(name=name))
        slugs = Project.objects.filter(name__contains="mødebog").values_list("slug", flat=True)
        assert sorted(slugs) == ["os2-moedebog", "os2-moedebog-2"]

    def test_the_same_form_sent_twice_makes_one_project(self) -> None:
        data = self.data()
        first, second = (self.client.post(CREATE, data) for _time in range(2))
        assert first.url == second.url
        assert Project.objects.filter(name="OS2mødebog").count() == 1

    def test_a_name_that_is_taken_is_said_beside_it(self) -> None:
        response = self.client.post(CREATE, self.data(name="OS2naturkort"))
        assert response.status_code == 422
        assert response.context["form"].errors == {"name": ["Der findes allerede et projekt med det navn."]}

    def test_level_and_name_are_corrected(self) -> None:
        data = self.data(name="OS2natur", slug="os2natur", level="level_3")
        self.assertRedirects(self.client.post(url("update", self.cast.project), data), "/projekter/os2natur/")
        project = Project.objects.get(pk=self.cast.project.pk)
        assert (project.name, project.level, project.facilitator) == ("OS2natur", "level_3", None)

    def test_closing_names_the_open_groups_and_leaves_them(self) -> None:
        where = url("close", self.cast.project)
        self.assertContains(self.client.get(where), "Styregruppen for OS2naturkort")
        self.assertRedirects(
            self.client.post(where, {"closed_on": "2026-02-01"}), self.cast.project.get_absolute_url()
        )
        project = Project.objects.get(pk=self.cast.project.pk)
        assert project.closed_on == datetime.date(2026, 2, 1)
        assert WorkingGroup.objects.filter(project=project).open().count() == 2
        self.assertContains(self.client.get(project.get_absolute_url()), "Afsluttet den 1. februar 2026")

    def test_a_closed_project_is_not_offered_for_a_new_group(self) -> None:
        closed = factories.project("OS2gammel", closed_on=factories.LONG_AGO)
        response = self.client.get(reverse("members:group-create"))
        self.assertNotContains(response, closed.name)
        self.assertContains(response, "OS2naturkort")
