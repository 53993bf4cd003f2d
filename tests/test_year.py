"""A year in the life of a group, told through its pages: what was promised, followed up, and carried on."""

from __future__ import annotations

import uuid
from datetime import date
from io import StringIO
from typing import Any

import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from charters.models import Charter, CharterTemplate, Obligation
from members.models import User
from tests import factories
from tests.cast import CastCase

ROLE = "Rolle"
POINTS = "Forpligtelser i forhold til udvikling"
FRAMES, QUALITY = "Skabe gode rammer for projektet.", "Stille krav til kvalitet."
BETTER, KNOWN = "Stille krav til kvalitet og til åbenhed.", "Gøre resultaterne kendt i kommunerne."
CASE = "Løbende opfølgning på business case og gevinstrealisering."


@override_settings(SITE_URL="https://grupper.os2.example")
class YearTests(CastCase):
    """Karen chairs, Jonas sees to the business case and leaves, Ida takes over, Åse has the overview."""

    def setUp(self) -> None:
        self.clock = self.enterContext(time_machine.travel("2026-01-12T10:00:00+01:00", tick=False))
        self.enterContext(factories.stand_in_pdf())

    def url(self, name: str, *arguments: Any) -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug, *arguments])

    def as_(self, user: User) -> YearTests:
        self.client.force_login(user)
        return self

    def send(self, url: str, **data: Any) -> None:
        answer = self.client.post(url, {"submission": str(uuid.uuid4())} | data)
        assert answer.status_code == 302, (url, answer.status_code)

    def on(self, day: str) -> None:
        self.clock.move_to(f"{day}T10:00:00+01:00")

    def figures(self) -> dict[str, int]:
        """What the secretariat's overview counts that day."""
        self.client.force_login(self.cast.aase)
        figures = self.client.get(reverse("charters:overview-figures")).context["figures"]
        return {str(figure.words): figure.number for figure in figures if figure.state}

    def mails(self) -> dict[str, str]:
        """What is sent by a run of the reminders, by whom it is to."""
        mail.outbox.clear()
        call_command("send_reminders", stdout=StringIO())
        return {message.to[0]: str(message.body) for message in mail.outbox}

    def obligation(self, wording: str) -> Obligation:
        return self.cast.steering.obligations.get(wording=wording)

    def adopt(self, on: str, *, reason: str = "") -> None:
        self.on(on)
        url = self.url("draft-adopt")
        form = self.as_(self.cast.karen).client.get(url).context["form"]
        told = {name: form[name].value() for name in ("base", "roster", "read")}
        self.send(url, adopted_on=on, approving=[self.cast.karen.pk], reason=reason, **told)

    def test_a_year_from_the_first_meeting_to_edition_2(self) -> None:
        # Koordinationsgruppe and styregruppe have no charter yet; nor has the faggruppe.
        assert self.figures() == {"mangler kommissorium": 3}
        self.the_first_meeting()
        assert self.figures() == {"mangler kommissorium": 2}
        self.what_is_followed_up()
        assert self.figures() == {"mangler kommissorium": 2, "med overskredne forpligtelser": 1}
        self.somebody_leaves()
        self.business_case_is_followed_up()
        assert self.figures() == {"mangler kommissorium": 2}
        self.os2_improves_the_standard_text()
        assert self.figures() == {"mangler kommissorium": 2, "på ældre standardtekst": 1}
        self.the_group_takes_it_in()
        # With the draft, the group works on the newest text.
        assert self.figures() == {"mangler kommissorium": 2, "har udkast": 1}
        self.adopt("2027-01-11", reason="OS2 har forbedret standardteksten.")
        assert self.figures() == {"mangler kommissorium": 2}
        self.what_lived_on()
        self.on("2028-01-12")
        assert self.figures()["skal gennemgås"] == 1
        self.the_yearly_check()
        assert "skal gennemgås" not in self.figures()

    def the_first_meeting(self) -> None:
        self.as_(self.cast.karen).send(self.url("charter-start"))
        self.assertContains(self.client.get(self.url("draft-obligations")), QUALITY)
        self.adopt("2026-01-12")
        assert self.cast.steering.obligations.in_force().count() == 6

    def what_is_followed_up(self) -> None:
        """One deviates and says why; one is Jonas' to see to, every year, and he forgets."""
        self.as_(self.cast.karen)
        url = self.url("obligation-follow-up", self.obligation(QUALITY).pk)
        deviation = {"status": "deviates", "made_on": "2026-01-12"}
        self.assertContains(self.client.post(url, deviation), "forklare hvorfor", status_code=422)
        self.send(url, note="OS2s fælles krav er nok.", **deviation)
        plan = {"responsible": self.cast.jonas.pk, "next_on": "2026-04-01", "every": "12"}
        self.send(self.url("obligation-update", self.obligation(CASE).pk), **plan)
        self.on("2026-04-15")
        self.assertContains(self.as_(self.cast.jonas).client.get(reverse("charters:mandate")), CASE)
        assert "1 forpligtelse" in self.mails()[self.cast.jonas.email]
        assert self.mails() == {}  # he has been told this month

    def the_yearly_check(self) -> None:
        """Karen is told of it by mail; that the charter still holds moves its review."""
        url = self.url("yearly-check")
        assert url in self.mails()[self.cast.karen.email]
        answers = dict.fromkeys(("members_right", "obligations_right", "charter_right"), "ja")
        self.as_(self.cast.karen).send(url, **answers)

    def somebody_leaves(self) -> None:
        seat = self.cast.steering.memberships.get(person=self.cast.jonas)
        leave = reverse("members:person-leave", args=[self.cast.jonas.pk])
        to = {f"successor_{seat.pk}": self.cast.ida.name, f"role_{seat.pk}": ""}
        note = "Tallene ligger i regnearket."
        self.as_(self.cast.aase).send(leave, left_on="2026-04-15", handover_note=note, duties_too="on", **to)
        assert self.obligation(CASE).responsible == self.cast.ida
        edition = self.client.get(self.url("charter-current"))
        self.assertContains(edition, "Jonas Engtoft, medlem")  # as when it was adopted

    def business_case_is_followed_up(self) -> None:
        url = self.url("obligation-follow-up", self.obligation(CASE).pk)
        self.as_(self.cast.karen).send(url, status="under_way", note="To af fire mål.", made_on="2026-04-15")
        assert (self.obligation(CASE).next_on or date.min) > date(2026, 4, 15)  # by itself

    def os2_improves_the_standard_text(self) -> None:
        self.on("2026-10-01")
        new = CharterTemplate.objects.published().get(kind="steering").new_version()
        points = new.sections.get(heading=POINTS)
        body = points.body.replace(QUALITY, BETTER).replace(FRAMES, KNOWN)
        points.rewrite(heading=POINTS, body=body, base=points.revision)
        publish = reverse("charters:template-publish", args=["steering"])
        answer = self.as_(self.cast.aase).client.get(publish)
        self.assertContains(answer, "Styregruppen for OS2naturkort")
        self.send(publish, note="Åbenhed.", version=str(new.version))

    def the_group_takes_it_in(self) -> None:
        self.on("2026-12-01")
        self.as_(self.cast.karen)
        self.assertContains(self.client.get(self.url("charter-take-in")), "åbenhed")
        self.send(self.url("charter-take-in"), version="2")
        page = self.client.get(self.url("draft-obligations"))
        self.assertContains(page, "Videreført fra udgave 1", count=5)
        self.assertContains(page, "Udgår")

    def what_lived_on(self) -> None:
        """The reworded one kept its history, another came, and one went out with its own."""
        quality = self.obligation(BETTER)
        assert [statement.wording for statement in quality.statements.in_order()] == [
            QUALITY,
            BETTER,
        ]
        page = self.as_(self.cast.karen).client.get(self.url("obligation-detail", quality.pk))
        self.assertContains(page, "OS2s fælles krav er nok.")
        assert self.obligation(KNOWN).introduced_in.number == 2
        frames = self.obligation(FRAMES)
        assert frames.retired_in is not None
        assert frames.retired_in.number == 2
        assert self.cast.steering.obligations.in_force().count() == 6
        first = Charter.objects.get(group=self.cast.steering, number=1)
        self.client.logout()
        self.assertContains(self.client.get(first.get_absolute_url()), QUALITY)
