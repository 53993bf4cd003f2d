"""A closed group: its charter and obligations end with it, and its draft is read but not written."""

from __future__ import annotations

import datetime
import uuid
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.urls import reverse

from charters.adoption import adopt
from charters.edition import Edition
from charters.mandate import mandates_of
from charters.models import Charter, CharterDocument
from charters.models.manuscript import ClosedGroupError, FrozenError
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

CLOSED_ON = datetime.date(2026, 11, 20)
TODAY = datetime.date(2026, 11, 24)


class ClosedCase(CastCase):
    """The styregruppe with a charter in force and a draft of the next."""

    def setUp(self) -> None:
        self.enterContext(time_machine.travel("2026-11-24T12:00:00+01:00", tick=False))
        self.adopted = factories.adopted(self.cast.steering, by=self.cast.karen)
        self.draft = self.adopted.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        self.client.force_login(self.cast.karen)

    def close(self) -> None:
        self.cast.steering.close(on=CLOSED_ON)

    def stored(self) -> Charter:
        return Charter.objects.get(pk=self.adopted.pk)


class ChartersTests(ClosedCase):
    def test_its_charter_ends_on_the_day_it_closed(self) -> None:
        self.close()
        assert (self.stored().state, self.stored().retired_on) == (Charter.State.RETIRED, CLOSED_ON)

    def test_an_open_groups_charter_stays_in_force_when_the_group_is_saved(self) -> None:
        self.cast.steering.save()
        assert self.stored().state == Charter.State.ADOPTED

    def test_another_groups_charter_stays_in_force(self) -> None:
        other = factories.adopted(self.cast.coordination)
        self.close()
        other.refresh_from_db()
        assert other.state == Charter.State.ADOPTED

    def test_the_groups_address_still_gives_the_last_one_and_its_page_says_that_it_ended(self) -> None:
        self.close()
        url = reverse("charters:charter-current", args=[self.cast.steering.slug])
        self.assertContains(self.client.get(url), "Ophørt")
        page = self.client.get(self.cast.steering.get_absolute_url())
        self.assertContains(page, "Ophørt")
        self.assertNotContains(page, "Intet vedtaget kommissorium")

    def test_saving_it_again_changes_nothing(self) -> None:
        self.close()
        before = list(Charter.objects.order_by("pk").values())
        self.cast.steering.save()
        assert list(Charter.objects.order_by("pk").values()) == before

    def test_its_obligations_end_with_the_charter_and_another_groups_do_not(self) -> None:
        factories.adopted(self.cast.coordination)
        assert self.cast.steering.obligations.in_force().exists()
        self.close()
        assert not self.cast.steering.obligations.in_force().exists()
        assert {o.retired_in for o in self.cast.steering.obligations.all()} == {self.adopted}
        assert self.cast.coordination.obligations.in_force().exists()

    def test_nobody_is_asked_to_approve_it(self) -> None:
        url = reverse("charters:edition-approve", args=[self.cast.steering.slug, 1])
        assert self.client.get(url).status_code == 200
        self.close()
        assert self.client.get(url).status_code == 302

    def test_it_has_no_place_on_mit_mandat(self) -> None:
        assert [m.group for m in mandates_of(self.cast.karen)] == [self.cast.steering]
        self.close()
        assert mandates_of(self.cast.karen) == []

    def test_what_is_adopted_is_still_read_and_says_that_it_ended(self) -> None:
        self.close()
        page = self.client.get(reverse("charters:edition-detail", args=[self.cast.steering.slug, 1]))
        self.assertContains(page, "Ophørt")


class DraftTests(ClosedCase):
    """Those who led it lose the right to write; the secretariat, which keeps it, is told why it cannot."""

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.cast.aase)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug, *more])

    def verbs(self) -> dict[str, Any]:
        draft = Charter.objects.get(pk=self.draft.pk)
        section = draft.standing_sections()[0]
        return {
            "rewrite": lambda: section.rewrite(heading="Nyt", body="Nyt", base=section.revision),
            "add": lambda: draft.add_section("Nyt"),
            "move": lambda: draft.move_section(section, up=False),
            "take out": section.take_out,
            "put back": section.put_back,
            "heading": lambda: draft.rewrite_heading(project_name="x", level="sandbox", dated_on=TODAY),
        }

    def test_no_verb_writes_it(self) -> None:
        self.close()
        before = list(self.draft.sections.values())
        for name, verb in self.verbs().items():
            with self.subTest(verb=name), pytest.raises(ClosedGroupError, match="nedlagt"):
                verb()
        assert list(self.draft.sections.values()) == before
        assert Charter.objects.get(pk=self.draft.pk).revision == self.draft.revision

    def test_every_verb_writes_it_while_the_group_is_open(self) -> None:
        for verb in self.verbs().values():
            verb()
        assert Charter.objects.get(pk=self.draft.pk).revision == self.draft.revision + len(self.verbs())

    def test_an_adopted_one_is_refused_for_being_adopted(self) -> None:
        self.close()
        with pytest.raises(FrozenError):
            self.stored().add_section("Nyt")

    def test_it_stays_to_be_read_without_the_buttons_to_write(self) -> None:
        self.assertContains(self.client.get(self.url("draft-detail")), "rediger/")
        self.close()
        for user in (self.cast.aase, self.cast.karen, self.cast.jonas):
            self.client.force_login(user)
            page = self.client.get(self.url("draft-detail"))
            self.assertContains(page, "Styregruppen er højest besluttende myndighed.")
            for gone in ("rediger/", "flyt/", "tag-ud/", "tilfoej/", "/hoved/", self.url("draft-adopt")):
                self.assertNotContains(page, gone)

    def test_those_who_led_the_group_may_no_longer_write(self) -> None:
        self.close()
        self.client.force_login(self.cast.karen)
        section = self.draft.standing_sections()[0]
        form = {"heading": "Nej", "body": "<p>Nej.</p>", "base": section.revision}
        assert self.client.post(self.url("draft-section-update", section.pk), form).status_code == 403
        assert self.client.post(self.url("draft-adopt"), {"adopted_on": "2026-11-24"}).status_code == 403

    def test_text_that_was_being_written_is_kept_in_the_field_with_the_reason(self) -> None:
        section = self.draft.standing_sections()[0]
        form = {"heading": "Formål", "body": "<p>Skrevet imens.</p>", "base": section.revision}
        self.close()
        for url, data in {
            self.url("draft-section-update", section.pk): form,
            self.url("draft-section-create"): {**form, "submission": uuid.uuid4()},
        }.items():
            answer = self.client.post(url, data)
            self.assertContains(answer, "Gruppen er nedlagt.", status_code=422)
            self.assertContains(answer, "Skrevet imens.", status_code=422)

    def test_no_form_is_opened_that_could_only_refuse(self) -> None:
        self.close()
        for name in ("draft-update", "draft-adopt"):
            answer = self.client.get(self.url(name), follow=True)
            self.assertRedirects(answer, self.url("draft-detail"))
            self.assertContains(answer, "Gruppen er nedlagt.")

    def test_the_heading_is_refused_with_the_reason(self) -> None:
        self.close()
        form = {"project_name": "OS2kort", "level": "level_3", "dated_on": "2026-11-01"}
        answer = self.client.post(self.url("draft-update"), form)
        self.assertContains(answer, "Gruppen er nedlagt.", status_code=422)
        self.assertContains(answer, 'value="OS2kort"', status_code=422)

    def test_a_press_on_a_page_that_stood_open_is_answered_with_the_reason(self) -> None:
        section = self.draft.standing_sections()[0]
        self.close()
        for verb, data in {"move": {"direction": "down"}, "remove": {}, "restore": {}}.items():
            answer = self.client.post(self.url(f"draft-section-{verb}", section.pk), data, follow=True)
            self.assertContains(answer, "Gruppen er nedlagt.")

    def test_it_is_not_adopted(self) -> None:
        self.close()
        form = {"adopted_on": "2026-11-24", "base": self.draft.revision, "reason": "Nye opgaver."}
        answer = self.client.post(self.url("draft-adopt"), form)
        self.assertContains(answer, "Gruppen er nedlagt.", status_code=422)
        assert not Charter.objects.adopted().exists()

    def test_a_group_closed_while_the_document_is_made_adopts_nothing(self) -> None:
        def meanwhile(_edition: Edition, **_places: Any) -> bytes:
            self.close()
            return b"%PDF-"

        with (
            mock.patch("charters.adoption.charter_pdf", side_effect=meanwhile),
            pytest.raises(ClosedGroupError),
        ):
            adopt(self.draft, by=self.cast.karen, on=TODAY)
        assert Charter.objects.get(pk=self.draft.pk).is_draft
        assert not CharterDocument.objects.filter(charter=self.draft).exists()
        assert not Charter.objects.adopted().exists()
