"""What people write is shown as they wrote it, in every page, document and mail there is, and runs in none.

``tests/browser/test_xss.py`` has Chromium open some of what stands here; this reads all of it.
"""

from __future__ import annotations

from typing import Any
from unittest import mock

import docx
import pytest
from django.contrib import admin
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from charters.documents.charter_pdf import charter_html
from charters.documents.renderer import Renderer
from charters.edition import Edition
from charters.models import Charter
from charters.reminders import awaited, sending
from members import invitations
from members.models import User
from tests.access.world import World, table
from tests.charters.word import forms
from tests.support.everything import hold_everything_about
from tests.support.hostile import VECTORS, fill_everything
from tests.support.markup import dangers

# What runs only where it has got into an attribute, an address or a program.
ONLY_WITHIN = ("javascript:", "{{", '" ', "' ", "\u202e")


@pytest.mark.parametrize("vector", VECTORS)
def test_what_looks_for_markup_finds_it(vector: str) -> None:
    assert bool(dangers(f"<p>{vector}</p>")) is not vector.startswith(ONLY_WITHIN)


@pytest.mark.parametrize(
    "page",
    [
        '<link rel="stylesheet" href="/static/a.css"><script src="/static/a.js"></script>',
        '<form method="get"><input name="q" value="&lt;script&gt;"></form><form action="?a=1"></form>',
        '<a href="https://os2.example/">a</a> <a href="mailto:a@b.example">b</a> <a href="#c">c</a>',
        '<script type="application/json" id="x">{}</script><img src="/static/a.png" alt="">',
    ],
)
def test_what_looks_for_markup_lets_a_page_of_ours_be(page: str) -> None:
    assert dangers(page) == []


@pytest.mark.no_database
class StoredTests(World):
    """Every column of text of every table is filled with what would run."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        hold_everything_about(cls.cast.jonas)
        fill_everything()

    def setUp(self) -> None:
        super().setUp()
        self.wrong: list[str] = []

    def look(self, what: str, html: str) -> None:
        self.wrong += [f"{what}: {found}" for found in dangers(html)]

    def test_no_page_has_it_as_markup(self) -> None:
        read = [c for c in table() if (c.method, c.answer) == ("GET", "200") and c.role in ("åse", "nobody")]
        pages = 0
        for cell in read:
            response = self.clients[cell.role].get(self.url(cell), {"q": VECTORS[0]})
            if response.get("Content-Type", "").startswith("text/html"):
                self.look(str(cell), response.content.decode())
                pages += 1
        assert pages > 150
        assert not self.wrong, "\n".join(self.wrong)

    def test_no_page_of_the_administration_has_it_as_markup(self) -> None:
        for model in admin.site._registry:
            start = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            addresses = [reverse(f"{start}_changelist")]
            for pk in model._base_manager.values_list("pk", flat=True)[:5]:
                addresses += [reverse(f"{start}_{page}", args=[pk]) for page in ("change", "history")]
            for address in addresses:
                response = self.clients["øjvind"].get(address, follow=True)
                assert response.status_code == 200, address
                self.look(address, response.content.decode())
        assert not self.wrong, "\n".join(self.wrong)

    def test_no_document_is_printed_from_it_as_markup(self) -> None:
        printed = []

        def print_nothing(_self: Renderer, html: str, **_more: Any) -> bytes:
            printed.append(html)
            return b"%PDF-1.7"

        pages = [c for c in table() if (c.method, c.role, c.answer) == ("GET", "åse", "200")]
        with mock.patch.object(Renderer, "print", print_nothing):
            for cell in pages:
                if cell.name.endswith("-pdf"):
                    self.clients["åse"].get(self.url(cell))
        printed += [charter_html(Edition.of(charter)) for charter in Charter.objects.all()]
        assert len(printed) > 8
        for html in printed:
            self.look(html[:200], html)
        assert not self.wrong, "\n".join(self.wrong)

    def test_mails_are_plain_text_whatever_stands_in_them(self) -> None:
        for one in awaited.awaited_by(User.objects.exclude(email=None)):
            sending.mail_of(one).send()
        invitations.invite(User.objects.get(pk=self.cast.ida.pk), by=self.cast.aase)
        assert len(mail.outbox) > 2
        for message in mail.outbox:
            assert message.message().get_content_type() == "text/plain"
            assert "\n" not in message.subject


@pytest.mark.no_database
class WordTests(World):
    def test_a_word_file_is_shown_as_words(self) -> None:
        document = docx.Document()
        document.add_paragraph(VECTORS[0])
        for vector in VECTORS:
            document.add_heading(vector, level=1)
            document.add_paragraph(f"x {vector}")
        karen, slug = self.clients["karen"], [self.cast.steering.slug]
        content = forms.saved(document).getvalue()
        sent = {"file": SimpleUploadedFile("<img src=x onerror=alert(1)>.docx", content)}
        page = karen.post(reverse("charters:draft-from-word", args=slug), sent, follow=True)
        assert "&lt;script&gt;" in page.content.decode()
        assert dangers(page.content.decode()) == []
