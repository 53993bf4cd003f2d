"""What the matrix is asked about: the objects by the names it uses, and a browser for each role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from charters import sign_of_life
from charters.bundling import collect
from members.log.acts import Act
from members.models import LogEntry, Membership, Project, User, WorkingGroup
from members.opting_out import opt_out_token
from tests import factories
from tests.access.secrets import Secret, secrets_of
from tests.cast import Cast, CastCase

TABLE = Path(__file__).with_name("matrix.txt")
ROLES = ["nobody", "nadia", "jonas", "karen", "søren", "mette", "tobias", "bo", "åse", "øjvind"]
OURS = ("members", "charters")
# What programs read, and nobody looks at in a browser.
NO_PAGES = {"health", "healthz", "charters:newest-charters", "charters:calendar-feed"}
FILES = re.compile(r"(?<!from)-(pdf|word|json|markdown|text|csv|excel|zip)$")
# What reading leaves behind, and is meant to.
NOTED_BY_READING = {LogEntry: Q(act__in=[Act.LIST_TAKEN_OUT, Act.TOLD])}


@dataclass(frozen=True)
class Cell:
    """One expectation: ``role`` does ``method`` on an address and gets ``answer``."""

    name: str
    thing: str
    method: str
    role: str
    answer: str

    @property
    def is_file(self) -> bool:
        """Whether it is taken home, and not looked at in a browser."""
        return bool(FILES.search(self.name))

    @property
    def is_page(self) -> bool:
        return self.name not in NO_PAGES and not self.is_file

    def __str__(self) -> str:
        return f"{self.role}: {self.method} {self.name} ({self.thing})"


def table() -> list[Cell]:
    """The cells of matrix.txt."""
    cells = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, thing, method, *answers = line.split()
            cells += [Cell(name, thing, method, *pair) for pair in zip(ROLES, answers, strict=True)]
    return cells


def named_urls() -> set[str]:
    """The names of all addresses of ours and of sign-in, from the resolver; the admin's are its own."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[Any], namespace: str) -> Any:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


class World(CastCase):
    """The cast with an adopted edition and a draft in three groups, and a draft of a standard text."""

    things: dict[str, dict[str, Any]]
    people: dict[str, User]
    secrets: list[Secret]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.things = things_of(cls.cast)
        cls.people = people_of(cls.cast)
        cls.secrets = secrets_of(cls.cast, closed=cls.things["lukket"]["slug"])

    def setUp(self) -> None:
        self.clients = {role: self.browser_of(role) for role in ROLES}

    def browser_of(self, role: str, *, enforce_csrf_checks: bool = False) -> Client:
        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        if role != "nobody":
            client.force_login(self.people[role])
        return client

    def url(self, cell: Cell) -> str:
        return reverse(cell.name, kwargs=self.things[cell.thing])

    def ask(self, cell: Cell, *, method: str = "", url: str = "") -> str:
        """The answer a role gets, in the words of the table; and what it gave away, if anything."""
        client, method = self.clients[cell.role], method or cell.method
        cookies: Any = client.cookies.copy()
        body, kind = ("ingenting=1", "application/x-www-form-urlencoded") if method == "POST" else ("", "")
        response = client.generic(method, url or self.url(cell), body, content_type=kind)
        client.cookies = cookies  # signing out is over when the question is
        told = [secret.words for secret in self.secrets if secret.is_given_away_by(response, to=cell.role)]
        lacking = headers_lacking(response)
        faults = [*(f"(told “{words}”)" for words in told), *(f"(without {name})" for name in lacking)]
        return " ".join([word_for(response), *faults])


def headers_lacking(response: Any) -> list[str]:
    """What every answer says to a browser, and this one does not: run nothing foreign, show it in no frame.

    What differs by who is signed in, and was given to somebody who is, may not be kept either.
    """
    private = "Cookie" in response.get("Vary", "") and response.wsgi_request.user.is_authenticated
    policy = response.get("Content-Security-Policy", "")
    says = {
        "a policy": "script-src 'self'" in policy and "unsafe" not in policy,
        "frame-ancestors": "frame-ancestors 'none'" in policy and response.get("X-Frame-Options") == "DENY",
        "nosniff": response.get("X-Content-Type-Options") == "nosniff",
        "Referrer-Policy": response.get("Referrer-Policy") == "same-origin",
        "Cross-Origin-Opener-Policy": response.get("Cross-Origin-Opener-Policy") == "same-origin",
        "no-store": not private or "no-store" in response.get("Cache-Control", ""),
    }
    return [name for name, is_said in says.items() if not is_said]


def word_for(response: Any) -> str:
    """An answer in the words of the table."""
    sent_to = response.get("Location", "")
    is_login = sent_to.startswith((reverse("account_login"), reverse("admin:login"))) and "next=" in sent_to
    return "login" if is_login else str(response.status_code)


def things_of(cast: Cast) -> dict[str, dict[str, Any]]:
    """Make the objects the table speaks of; the arguments of an address, by the object's name."""
    cast.project.level = Project.Level.LEVEL_3  # a level whose requirements it does not meet
    cast.project.save()
    text = factories.template("steering").new_version()
    groups = {
        **_group_things("styre", cast.steering, cast.jonas, newcomer=cast.ida),
        **_group_things("fag", cast.professional, cast.nadia, newcomer=cast.ida),
        **_group_things("lukket", _to_be_closed(cast), cast.jonas, newcomer=cast.ida),
    }
    WorkingGroup.objects.get(slug=groups["lukket"]["slug"]).close()
    bundle = factories.bundle(cast.aase)
    collect.call(bundle.pk)
    sign_of_life.give()
    factories.register_file(cast.aase)
    return {
        "-": {},
        **groups,
        "samling": {"pk": bundle.pk},
        "kalender": {"token": factories.calendar_address(cast.karen, group=cast.steering).token},
        "mails": {"token": opt_out_token(cast.karen)},
        "projekt": {"slug": cast.project.slug},
        "projekt/krav": {"slug": cast.project.slug, "requirement": "G12"},
        "ida": {"pk": cast.ida.pk},
        "jonas": {"pk": cast.jonas.pk},
        "nadia": {"pk": cast.nadia.pk},
        "øjvind": {"pk": cast.oejvind.pk},
        "odder": {"pk": cast.ida.organisation_id},
        "tekst": {"kind": "steering"},
        "tekst/1": {"kind": "steering", "version": 1},
        "tekst/2": {"kind": "steering", "version": 2},
        "tekst/2/1": {"kind": "steering", "version": 2, "other": 1},
        "tekst/afsnit": {"kind": "steering", "pk": text.standing_sections()[1].pk},
        "nøgle/fremmed": {"pk": 1},
        "udbyder": {"provider_id": "ingen"},
        "nøgle": {"uidb36": "1", "key": "c0ffee-set"},
    }


def _to_be_closed(cast: Cast) -> WorkingGroup:
    """A group with the same people as "styre", each in the same role."""
    group = factories.group(WorkingGroup.Kind.PROFESSIONAL, name="Arkiv")
    factories.membership(group, cast.karen, role=Membership.Role.CHAIR)
    factories.membership(group, cast.jonas)
    factories.membership(group, cast.soeren).end(on=factories.LONG_AGO)
    return group


def _group_things(
    name: str, group: WorkingGroup, person: User, *, newcomer: User
) -> dict[str, dict[str, Any]]:
    edition = factories.adopted(group)
    draft = edition.next_edition(by=None)
    slug = group.slug
    old = edition.standing_sections()[1].pk
    # A faggruppe takes on none by its standard text.
    obligation = group.obligations.first() or group.obligations.create(
        area="development", wording="Dele viden.", introduced_in=edition
    )
    return {
        name: {"slug": slug},
        f"{name}/1": {"slug": slug, "number": 1},
        f"{name}/1/1": {"slug": slug, "number": 1, "other": 1},
        f"{name}/1/afsnit": {"slug": slug, "number": 1, "pk": old},
        f"{name}/pligt": {"slug": slug, "pk": obligation.pk},
        f"{name}/gammelt": {"slug": slug, "pk": old},
        f"{name}/gammelt/gemt": {"slug": slug, "pk": old, "number": 0},
        f"{name}/2": {"slug": slug, "number": 2},
        f"{name}/afsnit": {"slug": slug, "pk": draft.standing_sections()[1].pk},
        f"{name}/afsnit/gemt": {"slug": slug, "pk": draft.standing_sections()[1].pk, "number": 0},
        f"{name}/{person.name.split()[0].lower()}": {
            "slug": slug,
            "pk": group.memberships.get(person=person).pk,
        },
        f"{name}+ida": {"slug": slug, "person": newcomer.pk},
    }


def people_of(cast: Cast) -> dict[str, User]:
    temp = factories.user("Bo Vikar", organisation=cast.aase.organisation, is_staff=True)
    return {
        "nadia": cast.nadia,
        "jonas": cast.jonas,
        "karen": cast.karen,
        "søren": cast.soeren,
        "mette": cast.mette,
        "tobias": cast.tobias,
        "bo": temp,
        "åse": cast.aase,
        "øjvind": cast.oejvind,
    }


def stored() -> dict[str, list[Any]]:
    """Every row of every table, but for who is signed in where, and that a list was taken out."""
    return {
        model._meta.label: sorted(
            map(str, model._base_manager.exclude(NOTED_BY_READING.get(model, Q(pk=None))).values_list())
        )
        for model in apps.get_models()
        if model is not Session and model._meta.managed
    }
