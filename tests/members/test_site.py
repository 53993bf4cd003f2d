"""The front page, and the addresses that others ask for."""

import datetime
from io import StringIO
from uuid import uuid4

import time_machine
from django.core.management import call_command
from django.utils import timezone

from members.models import Submission
from tests import factories
from tests.cast import CastCase


class FrontPageTests(CastCase):
    def test_a_visitor_learns_what_this_is_finds_groups_and_may_sign_in(self) -> None:
        factories.adopted(self.cast.steering, by=self.cast.karen)
        page = self.client.get("/")
        for words in ("Hvad er et kommissorium?", "Senest vedtaget", "Styregruppen for OS2naturkort"):
            self.assertContains(page, words)
        self.assertContains(page, 'href="/konto/log-ind/"')
        self.assertContains(page, 'action="/grupper/"')

    def test_the_charter_of_a_members_only_group_is_not_among_the_newest(self) -> None:
        factories.adopted(self.cast.professional, by=self.cast.nadia)
        for person in (None, self.cast.nadia):
            if person:
                self.client.force_login(person)
            self.assertNotContains(self.client.get("/"), "Open source-jura")

    def test_whoever_is_signed_in_is_led_to_their_mandate(self) -> None:
        self.client.force_login(self.cast.karen)
        self.assertContains(self.client.get("/"), "Gå til mit mandat")


class AddressTests(CastCase):
    def test_was_leads_to_the_statement(self) -> None:
        with self.settings(ACCESSIBILITY_STATEMENT_URL="https://was.digst.dk/os2-example"):
            for address in ("/was", "/was/"):
                response = self.client.get(address)
                assert (response.status_code, response.url) == (302, "https://was.digst.dk/os2-example")

    def test_was_says_honestly_that_there_is_none_yet_and_whom_to_write_to(self) -> None:
        with self.settings(ACCESSIBILITY_STATEMENT_URL="", DEFAULT_FROM_EMAIL="OS2 <hjaelp@os2.example>"):
            page = self.client.get("/was")
        self.assertContains(page, "endnu ikke offentliggjort")
        self.assertContains(page, 'href="mailto:hjaelp@os2.example"')


class PruneTests(CastCase):
    def test_keys_of_forms_handled_more_than_a_month_ago_are_forgotten(self) -> None:
        for days in (31, 29):
            with time_machine.travel(timezone.now() - datetime.timedelta(days=days), tick=False):
                Submission.objects.create(key=uuid4(), user=self.cast.karen, location=f"/{days}/")
        for deleted in (1, 0):
            out = StringIO()
            call_command("prune_submissions", stdout=out)
            assert out.getvalue() == f"Nøgler slettet: {deleted}\n"
        assert Submission.objects.get().location == "/29/"
