"""The frame round every page, and the parts pages are made of."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, TestCase
from django.urls import reverse

from members import access
from members.layout import page_helper
from members.models import User

pytestmark = pytest.mark.no_database

CSS = Path(__file__).parents[2] / "static" / "css" / "os2.css"


class NameForm(forms.Form):
    name = forms.CharField(label="Navn", help_text="Som på kortet.")
    note = forms.CharField(label="Note", required=False)

    def clean(self) -> None:
        if self.data:
            self.add_error(None, "Mødet er aflyst.")

    @property
    def helper(self) -> object:
        return page_helper("name", "note", submit="Gem")


def render(source: str, **context: object) -> str:
    return Template("{% load ui crispy_forms_tags %}" + source).render(Context(context))


class MenuTests(TestCase):
    member: User
    secretary: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.member = User.objects.create_user("anna@kommune.example", "x", name="Anna Dam")
        cls.secretary = User.objects.create_user("sie@os2.example", "x", name="Sie Lund", is_staff=True)
        cls.secretary.groups.add(access.secretariat())

    def menu(self, person: User | None) -> str:
        if person:
            self.client.force_login(person)
        page = self.client.get(reverse("account_change_password" if person else "account_login"))
        return page.content.decode()

    def test_a_visitor_is_offered_the_public_pages_and_to_sign_in(self) -> None:
        menu = self.menu(None)
        assert "Grupper" in menu
        assert 'href="/konto/log-ind/"' in menu
        for word in ("Mit mandat", "Personer", "Administration", "Log ud"):
            assert word not in menu

    def test_a_member_has_their_mandate_and_nothing_of_the_secretariats(self) -> None:
        menu = self.menu(self.member)
        assert "Mit mandat" in menu
        assert "Anna Dam" in menu
        for word in ("Personer", "Standardtekster", "Administration"):
            assert f">{word}</a>" not in menu

    def test_the_secretariat_has_its_own_pages_too(self) -> None:
        menu = self.menu(self.secretary)
        for word in ("Mit mandat", "Personer", "Standardtekster", "Administration"):
            assert f">{word}</a>" in menu

    def test_signing_out_is_a_button_that_posts_with_a_token(self) -> None:
        menu = self.menu(self.member)
        form = re.search(r'<form method="post" action="/konto/log-ud/">(.*?)</form>', menu, re.DOTALL)
        assert form
        assert "csrfmiddlewaretoken" in form[1]
        assert '<button type="submit"' in form[1]

    def test_the_menu_marks_the_page_one_is_on_and_no_other(self) -> None:
        def marked(path: str) -> list[tuple[str, str]]:
            source = '{% nav_item "members:group-list" "Grupper" %}{% nav_item "account_login" "Log ind" %}'
            return re.findall(
                r'aria-current="(\w+)">([^<]+)', render(source, request=RequestFactory().get(path))
            )

        groups = reverse("members:group-list")
        assert marked(groups) == [("page", "Grupper")]
        assert marked(f"{groups}styregruppen/") == [("true", "Grupper")]
        assert marked("/") == []


class FormTests(TestCase):
    def test_a_form_with_errors_says_so_at_its_top_and_links_to_the_field(self) -> None:
        html = render("{% crispy form %}", form=NameForm({"name": ""}))
        summary = html[: html.index("</ul>")]
        assert 'role="alert"' in summary
        assert "Mødet er aflyst." in summary
        assert '<a href="#id_name">Navn:' in summary
        assert "Note" not in summary
        assert html.count("Mødet er aflyst.") == 1

    def test_the_field_itself_points_to_its_error_and_its_help(self) -> None:
        html = render("{% crispy form %}", form=NameForm({"name": ""}))
        field = re.search(r"<input[^>]*id=\"id_name\"[^>]*>", html)
        assert field
        assert 'aria-invalid="true"' in field[0]
        described = re.search(r'aria-describedby="([^"]+)"', field[0])
        assert described
        for described_by in described[1].split():
            assert f'id="{described_by}"' in html

    def test_a_form_without_errors_shows_no_summary(self) -> None:
        assert "alert" not in render("{% crispy form %}", form=NameForm())

    def test_a_form_page_explains_its_star_only_where_there_is_one(self) -> None:
        request = RequestFactory().get("/")
        request.user = User(name="Anna Dam")
        form = NameForm()
        assert "Felter med *" in render_to_string("components/form_page.html", {"form": form}, request)
        form.fields["name"].required = False
        assert "Felter med *" not in render_to_string("components/form_page.html", {"form": form}, request)


class PartTests(TestCase):
    def test_a_status_says_in_words_what_its_mark_shows(self) -> None:
        html = render('{% status "draft" "Udkast" %}')
        assert 'class="status status-draft"' in html
        assert ">Udkast<" in html

    def test_a_status_without_a_mark_of_its_own_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="borrowed"):
            render('{% status "borrowed" "Lånt" %}')

    def test_good_news_is_announced_calmly_and_bad_news_at_once(self) -> None:
        news = [Message(constants.SUCCESS, "Vedtaget."), Message(constants.ERROR, "Det gik ikke.")]
        html = render('{% include "components/_messages.html" %}', messages=news)
        assert re.search(r'role="status"><p>Vedtaget', html)
        assert re.search(r'role="alert"><p>Det gik ikke', html)

    def test_breadcrumbs_link_to_all_but_the_page_itself(self) -> None:
        crumbs = [("Grupper", "/grupper/"), ("Styregruppen", None)]
        html = render('{% include "components/_breadcrumbs.html" %}', crumbs=crumbs)
        assert '<a href="/grupper/">Grupper</a>' in html
        assert '<span aria-current="page">Styregruppen</span>' in html

    def test_turning_the_page_keeps_the_search(self) -> None:
        request = RequestFactory().get("/", {"q": "kort", "page": "2"})
        page = Paginator(range(50), 20).page(2)
        html = render_to_string("components/_pagination.html", {"page_obj": page}, request)
        assert 'href="?q=kort&amp;page=1"' in html
        assert 'href="?q=kort&amp;page=3"' in html

    def test_a_list_of_one_page_has_nothing_to_turn(self) -> None:
        page = Paginator(range(5), 20).page(1)
        assert not render('{% include "components/_pagination.html" %}', page_obj=page).strip()


class ErrorPageTests(TestCase):
    def test_error_pages_come_up_without_context_or_database(self) -> None:
        with self.assertNumQueries(0):
            for name, words in (
                ("400", "kunne ikke forstås"),
                ("403", "ikke adgang"),
                ("403_csrf", "for gammel"),
                ("429", "For mange forsøg"),
                ("500", "gik galt hos os"),
            ):
                assert words in render_to_string(f"{name}.html")

    def test_a_visitor_who_finds_nothing_may_sign_in_and_come_back(self) -> None:
        way_in = 'href="/konto/log-ind/?next=/findes-ikke/"'
        self.assertContains(self.client.get("/findes-ikke/"), way_in, status_code=404)
        self.client.force_login(User.objects.create_user("anna@kommune.example", "x", name="Anna Dam"))
        self.assertNotContains(self.client.get("/findes-ikke/"), way_in, status_code=404)


def colours() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): #([0-9A-F]{6});", CSS.read_text()))


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_has_the_contrast_that_wcag_asks_for() -> None:
    found = colours() | {"white": "FFFFFF"}
    words = ("ink", "green", "green-dark", "grey", "danger", "bs-secondary-color")
    on_white = [(word, "white") for word in words]
    on_tints = [("green-dark", f"green-{tint}") for tint in (60, 40, 20, 10)]
    on_notes = [("ink", "danger-surface"), ("ink", "warning-surface"), ("bs-secondary-color", "green-10")]
    for text, surface in on_white + on_tints + on_notes:
        assert contrast(found[text], found[surface]) >= 4.5, (text, surface)


def test_the_edge_of_a_field_can_be_seen() -> None:
    assert contrast(colours()["control-line"], "FFFFFF") >= 3
    assert contrast(colours()["line"], "FFFFFF") < 3  # the pale line is for what need not be seen
