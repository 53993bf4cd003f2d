"""The pages that sections are written on: who may, and what each press answers, with htmx and without."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.urls import reverse

from charters import text
from charters.adoption import adopt
from charters.models import Charter, Section
from charters.models.manuscript import ConflictError
from members.models import User
from tests import factories
from tests.cast import CastCase


class SectionCase(CastCase):
    """The chair's draft, and its section "Rolle"."""

    charter: Charter
    section: Section

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.draft(cls.cast.steering, by=cls.cast.karen)
        cls.section = cls.charter.sections.get(heading="Rolle")

    def setUp(self) -> None:
        self.client.force_login(self.cast.karen)

    def address(self, verb: str, section: Section | None = None) -> str:
        where: dict[str, Any] = {"slug": self.charter.group.slug}
        if verb != "create":
            where["pk"] = (section or self.section).pk
        return reverse(f"charters:draft-section-{verb}", kwargs=where)

    def in_place(self) -> dict[str, str]:
        """The headers htmx sends from the page of the draft, where a link to a section was followed."""
        here = f"http://testserver{self.charter.get_absolute_url()}#{self.section.anchor}"
        return {"HX-Request": "true", "HX-Current-URL": here}

    def write(self, *, htmx: bool = False, **data: Any) -> Any:
        data = {"heading": "Rolle", "body": "<p>Ny rolle</p>", "base": self.section.revision} | data
        return self.client.post(self.address("update"), data, headers=self.in_place() if htmx else {})

    def stored(self) -> Section:
        return Section.objects.get(pk=self.section.pk)


class WhoMayWriteTests(SectionCase):
    def every_press(self, user: User) -> set[int]:
        """What each way of changing the text answers ``user``."""
        self.client.force_login(user)
        posted = {"heading": "Ny", "body": "Tekst", "base": 0, "direction": "down"}
        verbs = ("update", "move", "remove", "restore", "create")
        return {self.client.post(self.address(verb), posted).status_code for verb in verbs}

    def test_those_who_lead_the_group_may(self) -> None:
        assert self.every_press(self.cast.karen) == {302}

    def test_the_secretariat_may(self) -> None:
        assert self.every_press(self.cast.aase) == {302}

    def test_a_member_who_does_not_lead_it_may_not(self) -> None:
        before = self.stored()
        assert self.every_press(self.cast.jonas) == {403}
        assert (self.stored().body, self.stored().revision) == (before.body, before.revision)

    def test_others_are_not_told_that_there_is_a_draft(self) -> None:
        for user in (self.cast.soeren, self.cast.mette, self.cast.nadia, self.cast.ida):
            assert self.every_press(user) == {404}

    def test_somebody_signed_out_is_sent_to_sign_in(self) -> None:
        self.client.logout()
        answer = self.client.get(self.address("update"))
        self.assertRedirects(answer, f"{reverse('account_login')}?next={self.address('update')}")
        assert self.write().status_code == 302
        assert self.stored().revision == 0

    def test_a_section_of_another_draft_is_not_found_here(self) -> None:
        other = factories.draft(self.cast.professional).sections.first()
        assert self.client.post(self.address("remove", other)).status_code == 404

    def test_opening_and_reading_change_nothing(self) -> None:
        for verb in ("move", "remove", "restore"):
            assert self.client.get(self.address(verb)).status_code == 405
        assert self.client.get(self.address("update")).status_code == 200
        assert self.stored().revision == 0


class SavingTests(SectionCase):
    def test_a_plain_save_leads_back_to_the_section(self) -> None:
        self.assertRedirects(self.write(), f"{self.charter.get_absolute_url()}#{self.section.anchor}")
        assert self.stored().body == "<p>Ny rolle</p>"
        assert [revision.author for revision in self.section.revisions.filter(number=1)] == [self.cast.karen]

    def test_a_save_in_place_answers_with_the_section_and_what_is_missing(self) -> None:
        answer = self.write(htmx=True, body="<p>xyz</p>")
        self.assertTemplateUsed(answer, "charters/_section.html")
        self.assertTemplateNotUsed(answer, "base.html")
        self.assertContains(answer, 'id="mangler"')
        self.assertContains(answer, "Der står stadig »xyz« i »Rolle«.")
        self.assertContains(answer, "Afsnittet »Rolle« er gemt.")

    def test_htmx_on_a_page_of_its_own_is_sent_back_to_the_text(self) -> None:
        here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{self.address('update')}"}
        data = {"heading": "Rolle", "body": "Ny", "base": 0}
        answer = self.client.post(self.address("update"), data, headers=here)
        assert answer["HX-Redirect"] == f"{self.charter.get_absolute_url()}#{self.section.anchor}"

    def test_what_must_be_corrected_keeps_what_was_typed(self) -> None:
        for htmx in (False, True):
            answer = self.write(htmx=htmx, heading="", body="<p>Skrevet med <strong>omhu</strong></p>")
            self.assertContains(answer, "Overskrift: Dette felt er påkrævet.", status_code=422)
            self.assertContains(answer, "Skrevet med &lt;strong&gt;omhu&lt;/strong&gt;", status_code=422)
        assert self.stored().revision == 0

    def test_a_text_that_is_too_long_is_kept_in_the_field(self) -> None:
        long = "En lang historie. " * 1500
        answer = self.write(body=f"<p>{long}</p>")
        self.assertContains(answer, "Teksten er for lang.", status_code=422)
        self.assertContains(answer, long.strip(), status_code=422)

    def test_lines_that_are_too_many_stand_as_lines_to_be_made_fewer(self) -> None:
        """A page without JavaScript sends them, and gets them back one under the other."""
        lines = "\n".join(f"- punkt {number}" for number in range(text.MAX_BLOCKS + 1))
        answer = self.write(body=lines)
        self.assertContains(answer, f">\n{lines}</textarea>", status_code=422)

    def test_cancelling_in_place_gives_the_section_back_and_otherwise_the_text(self) -> None:
        answer = self.client.get(self.address("detail"), headers=self.in_place())
        self.assertTemplateUsed(answer, "charters/_section.html")
        answer = self.client.get(self.address("detail"))
        self.assertRedirects(answer, f"{self.charter.get_absolute_url()}#{self.section.anchor}")


class PlainTextTests(SectionCase):
    """Without JavaScript the field holds lines, not HTML, and loses no formatting they cannot show."""

    FORMATTED = (
        '<p>Se <a href="https://os2.eu">reglerne</a>.</p><ul><li>Første <strong>punkt</strong></li></ul>'
    )

    def setUp(self) -> None:
        super().setUp()
        self.section.rewrite(heading="Rolle", body=self.FORMATTED, base=0)

    def test_the_field_holds_plain_lines(self) -> None:
        self.assertContains(
            self.client.get(self.address("update")), ">\nSe reglerne.\n- Første punkt</textarea>"
        )

    def test_lines_that_were_left_alone_keep_their_formatting(self) -> None:
        before = self.stored().body
        self.write(body="Se reglerne.\r\n- Første punkt\r\n- Andet punkt")
        assert self.stored().body == before.replace("</ul>", "<li><p>Andet punkt</p></li></ul>")

    def test_formatting_taken_away_in_the_editor_stays_away(self) -> None:
        self.write(body="<p>Se reglerne.</p><ul><li>Første punkt</li></ul>")
        assert "strong" not in self.stored().body
        assert "href" not in self.stored().body


class TwoWritersTests(SectionCase):
    def setUp(self) -> None:
        super().setUp()
        Section.objects.get(pk=self.section.pk).rewrite(heading="Rolle", body="Åses tekst", base=0)

    def test_the_second_sees_both_texts_and_saves_from_there(self) -> None:
        for htmx in (False, True):
            answer = self.write(htmx=htmx, body="<p>Karens tekst</p>", base=0)
            self.assertContains(answer, "<p>Åses tekst</p>", status_code=409, html=True)
            self.assertContains(answer, "&lt;p&gt;Karens tekst&lt;/p&gt;", status_code=409)
            self.assertContains(answer, 'name="base" value="1"', status_code=409)
            assert self.stored().body == "<p>Åses tekst</p>"
        self.write(body="<p>Begges tekst</p>", base=1)
        assert self.stored().body == "<p>Begges tekst</p>"

    def test_the_same_text_sent_again_is_saved_already(self) -> None:
        answer = self.write(body="<p>Åses tekst</p>", base=0)
        self.assertRedirects(answer, f"{self.charter.get_absolute_url()}#{self.section.anchor}")
        assert self.stored().revision == 1


class NoScriptConflictTests(SectionCase):
    """Without JavaScript a conflict is a page: the field holds what was typed and all that goes with it."""

    def test_what_the_other_wrote_elsewhere_in_the_section_stays_when_one_presses_save(self) -> None:
        self.stored().rewrite(heading="Rolle", body="<p>Et</p><p>To</p>", base=0)
        base = self.stored().revision
        self.stored().rewrite(heading="Rolle", body="<p>Et Åse</p><p>To Åse</p>", base=base)
        answer = self.write(body="Et\n\nTo Karen", base=base)
        form = answer.context["form"]
        assert answer.status_code == 409
        self.write(body=form["body"].value(), base=form["base"].value())
        assert self.stored().body == "<p>Et Åse</p><p>To Karen</p>"


class TakenOutTests(SectionCase):
    """Åse takes the section out while Karen writes in it."""

    TOLD = "Afsnittet er taget ud af en anden, mens du skrev. Din tekst står her endnu."
    BOTH = "Sæt afsnittet ind igen, og gem"

    def setUp(self) -> None:
        super().setUp()
        self.stored().take_out()

    def test_the_writer_is_told_and_offered_to_put_it_back_with_the_text(self) -> None:
        for htmx in (False, True):
            answer = self.write(htmx=htmx, body="<p>Karens tekst</p>")
            self.assertContains(answer, self.TOLD, status_code=409)
            self.assertContains(answer, "&lt;p&gt;Karens tekst&lt;/p&gt;", status_code=409)
            self.assertContains(answer, self.BOTH, status_code=409)
            self.assertNotContains(answer, "Teksten er ændret i mellemtiden", status_code=409)
        assert self.stored().is_removed
        assert self.stored().revision == 0

    def test_the_next_press_does_both(self) -> None:
        form = self.write(body="<p>Karens tekst</p>").context["form"]
        offered = {name: form[name].value() for name in ("base", "put_back")}
        for htmx in (False, True):  # twice is once
            answer = self.write(htmx=htmx, body="<p>Karens tekst</p>", **offered)
            assert answer.status_code == (200 if htmx else 302)
            assert not self.stored().is_removed
        assert self.stored().body == "<p>Karens tekst</p>"
        assert self.stored().revisions.filter(aside="", act="").count() == 2

    def test_the_same_text_as_was_taken_out_can_be_saved_too(self) -> None:
        answer = self.write(body=self.stored().body)
        self.assertContains(answer, self.TOLD, status_code=409)

    def test_one_that_was_changed_and_then_taken_out_shows_the_others_text_as_well(self) -> None:
        self.stored().put_back()
        self.stored().rewrite(heading="Rolle", body="Åses tekst", base=0)
        self.stored().take_out()
        answer = self.write(body="<p>Karens tekst</p>", put_back="on")
        self.assertContains(answer, "Afsnittet er taget ud af en anden", status_code=409)
        self.assertContains(answer, "<p>Åses tekst</p>", status_code=409, html=True)
        form = answer.context["form"]
        self.write(body="<p>Begges tekst</p>", base=form["base"].value(), put_back="on")
        assert (self.stored().body, self.stored().is_removed) == ("<p>Begges tekst</p>", False)

    def test_one_that_another_put_back_meanwhile_is_just_saved(self) -> None:
        form = self.write(body="<p>Karens tekst</p>").context["form"]
        self.stored().put_back()
        self.write(body="<p>Karens tekst</p>", base=form["base"].value(), put_back="on")
        assert self.stored().body == "<p>Karens tekst</p>"

    def test_a_standing_section_is_saved_without_a_word_of_it(self) -> None:
        self.stored().put_back()
        self.assertNotContains(self.client.get(self.address("update")), self.BOTH)
        assert self.write(body="<p>Karens tekst</p>").status_code == 302


class RevisionTests(SectionCase):
    """What a browser of ours never sends is answered, not crashed on."""

    def test_a_revision_that_cannot_be_is_corrected(self) -> None:
        for base in (-1, 2**31 - 1, 2**63 - 1, 2**80, "her", ""):
            assert self.write(base=base).status_code == 422
        assert self.stored().revision == 0

    def test_one_that_is_not_the_sections_is_a_conflict(self) -> None:
        assert self.write(base=2**31 - 2).status_code == 409

    def test_the_rule_takes_any_number(self) -> None:
        for base in (2**31 - 1, 2**63 - 1, 2**80):
            with pytest.raises(ConflictError):
                self.stored().rewrite(heading="Rolle", body="Nej", base=base)

    def test_a_number_in_an_address_that_cannot_be_is_not_found(self) -> None:
        for where in ("charters:edition-detail", "charters:edition-pdf", "charters:edition-approve"):
            address = reverse(where, args=[self.charter.group.slug, 2**80])
            assert self.client.get(address).status_code == 404
        for where in ("update", "detail"):
            address = reverse(f"charters:draft-section-{where}", args=[self.charter.group.slug, 2**80])
            assert self.client.get(address).status_code == 404
        address = reverse("charters:template-detail", args=["steering", 2**80])
        assert self.client.get(address).status_code == 404


class FrozenTests(SectionCase):
    def test_an_adopted_draft_is_not_there_to_write_in(self) -> None:
        adopt(self.charter, by=self.cast.karen, on=datetime.date(2026, 3, 2))
        before = self.stored().body
        assert self.write().status_code == 410
        for verb in ("move", "remove", "restore"):
            assert self.client.post(self.address(verb), {"heading": "Ny"}).status_code == 410
        assert self.client.post(self.address("create"), {"heading": "Ny"}).status_code == 404
        assert self.stored().body == before


class OrderTests(SectionCase):
    def headings(self) -> list[str]:
        return [section.heading for section in Charter.objects.get(pk=self.charter.pk).standing_sections()]

    def test_a_section_moves_down_and_up_again(self) -> None:
        before = self.headings()
        answer = self.client.post(self.address("move"), {"direction": "down"})
        self.assertRedirects(answer, f"{self.charter.get_absolute_url()}#{self.section.anchor}")
        index = before.index("Rolle")
        assert self.headings().index("Rolle") == index + 1
        self.client.post(self.address("move"), {"direction": "up"})
        assert self.headings() == before

    def test_one_press_sent_twice_moves_once_and_is_answered_alike(self) -> None:
        before = self.headings()
        press = {"direction": "down", "seen_at": self.section.position}
        for headers in ({}, self.in_place()):
            with self.subTest(headers=headers):
                first, second = (
                    self.client.post(self.address("move"), press, headers=headers) for _ in range(2)
                )
                assert first.status_code == second.status_code
                assert self.headings().index("Rolle") == before.index("Rolle") + 1

    def test_two_presses_move_twice(self) -> None:
        for place in (2, 3):
            self.client.post(self.address("move"), {"direction": "down", "seen_at": place})
        assert self.headings().index("Rolle") == 3

    def test_a_press_that_is_neither_up_nor_down_is_refused(self) -> None:
        before = self.headings()
        for press in ({}, {"direction": "hen"}, {"direction": "up", "seen_at": "her"}):
            answer = self.client.post(self.address("move"), press, follow=True)
            self.assertContains(answer, "Afsnittet blev ikke flyttet.")
        self.client.post(self.address("move"), {"direction": "up", "seen_at": 2**80})
        assert self.headings() == before

    def test_a_section_taken_out_meanwhile_is_not_moved_and_it_is_said(self) -> None:
        self.stored().take_out()
        before = self.headings()
        for htmx in (False, True):
            headers = self.in_place() if htmx else {}
            answer = self.client.post(self.address("move"), {"direction": "up"}, headers=headers)
            assert answer.status_code == (200 if htmx else 302)
            page = self.client.get(self.charter.get_absolute_url())
            self.assertContains(page, "»Rolle« er taget ud og kan ikke flyttes.")
        assert self.headings() == before

    def test_in_place_the_page_is_told_the_new_order(self) -> None:
        answer = self.client.post(self.address("move"), {"direction": "up"}, headers=self.in_place())
        assert answer.status_code == 204
        assert "er nu afsnit 1 af 5." in answer["HX-Trigger"].encode().decode("unicode_escape")

    def test_a_section_is_taken_out_and_put_back_where_it_stood(self) -> None:
        before = self.headings()
        answer = self.client.post(self.address("remove"), headers=self.in_place())
        self.assertContains(answer, "Sæt ind igen")
        self.assertContains(answer, "Standardtekstens afsnit »Rolle« er taget ud.")
        assert "Rolle" not in self.headings()
        self.assertContains(self.client.get(self.charter.get_absolute_url()), "Afsnit, der er taget ud")
        self.assertContains(self.client.post(self.address("restore"), headers=self.in_place()), "Rediger")
        assert self.headings() == before


class AddingTests(SectionCase):
    def add(self, *, htmx: bool = False, **data: Any) -> Any:
        data = {"heading": "Møder", "body": "<p>Hver måned.</p>", "submission": uuid.uuid4()} | data
        return self.client.post(self.address("create"), data, headers=self.in_place() if htmx else {})

    def test_a_section_is_added_last(self) -> None:
        answer = self.add()
        added = self.charter.sections.get(heading="Møder")
        self.assertRedirects(answer, f"{self.charter.get_absolute_url()}#{added.anchor}")
        assert Charter.objects.get(pk=self.charter.pk).standing_sections()[-1] == added

    def test_sent_twice_it_is_added_once_and_answered_alike(self) -> None:
        for htmx in (False, True):
            key = uuid.uuid4()
            heading = f"Møder {htmx}"
            answers = [self.add(htmx=htmx, heading=heading, submission=key) for _ in range(2)]
            assert self.charter.sections.filter(heading=heading).count() == 1
            assert answers[0].status_code == answers[1].status_code
            if htmx:
                self.assertContains(answers[1], heading)

    def test_two_forms_add_two_sections(self) -> None:
        self.add()
        self.add()
        assert self.charter.sections.filter(heading="Møder").count() == 2

    def test_without_a_heading_nothing_is_added_and_the_text_is_kept(self) -> None:
        answer = self.add(heading="")
        self.assertContains(answer, "Hver måned.", status_code=422)
        assert self.charter.sections.count() == 5
