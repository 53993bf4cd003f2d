"""The people of the tests, with names and standing. Karen chairs, Jonas belongs, Nadia is outside.

Karen Havbirk      chair of the styregruppe for OS2naturkort
Jonas Engtoft      member of it
Søren Lyngdal      was a member of it, and left
Mette Fjordager    tovholder of the koordinationsgruppe for OS2naturkort (the sibling group)
Tobias Klitholm    a supplier's representative in the koordinationsgruppe
Nadia Elmark       in neither: facilitator of the faggruppe "Open source-jura", which only members see
Åse Kildevang      OS2's secretariat
Øjvind Strandby    superuser
Ida Skovmark       in the register, in no group, without a login
"""

from __future__ import annotations

from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass
from typing import ClassVar
from unittest import mock

import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TestCase

from charters.standard_texts import load_standard_texts
from members import access
from members.models import Membership, Organisation, Project, User, WorkingGroup
from tests import factories

Role, Kind = Membership.Role, WorkingGroup.Kind


@dataclass
class Cast:
    karen: User
    jonas: User
    soeren: User
    mette: User
    tobias: User
    nadia: User
    aase: User
    oejvind: User
    ida: User
    project: Project
    steering: WorkingGroup
    coordination: WorkingGroup
    professional: WorkingGroup

    @classmethod
    def create(cls) -> Cast:
        """Everybody, with the standard texts loaded and no charter begun."""
        ContentType.objects.get_for_model(WorkingGroup)  # cached, as in a running server
        load_standard_texts()
        odder = factories.organisation("Odder Kommune")
        aeroe = factories.organisation("Ærø Kommune")
        fjordkode = factories.organisation("Fjordkode ApS", kind=Organisation.Kind.SUPPLIER)
        os2 = factories.organisation("OS2s sekretariat", kind=Organisation.Kind.SECRETARIAT)
        karen = factories.user(
            "Karen Havbirk", email="karen@odder.example", organisation=odder, phone="11 22 33 44"
        )
        jonas = factories.user("Jonas Engtoft", email="jonas@aeroe.example", organisation=aeroe)
        soeren = factories.user("Søren Lyngdal", email="soeren@aeroe.example", organisation=aeroe)
        mette = factories.user("Mette Fjordager", email="mette@odder.example", organisation=odder)
        tobias = factories.user("Tobias Klitholm", email="tobias@fjordkode.example", organisation=fjordkode)
        nadia = factories.user("Nadia Elmark", email="nadia@aeroe.example", organisation=aeroe)
        aase = factories.user("Åse Kildevang", email="aase@os2.example", organisation=os2, is_staff=True)
        aase.groups.add(access.secretariat())
        oejvind = factories.user(
            "Øjvind Strandby", email="oejvind@os2.example", organisation=os2, is_staff=True, is_superuser=True
        )
        ida = factories.user("Ida Skovmark", email="ida@odder.example", organisation=odder, login=False)
        project = factories.project("OS2naturkort", slug="os2naturkort", facilitator=mette)
        steering = factories.group(Kind.STEERING, project=project)
        coordination = factories.group(Kind.COORDINATION, project=project)
        professional = factories.group(
            Kind.PROFESSIONAL, name="Open source-jura", visibility=WorkingGroup.Visibility.MEMBERS
        )
        factories.membership(steering, karen, role=Role.CHAIR)
        factories.membership(steering, jonas)
        factories.membership(steering, soeren).end(on=factories.LONG_AGO)
        factories.membership(coordination, mette, role=Role.FACILITATOR)
        factories.membership(coordination, tobias, role=Role.SUPPLIER)
        factories.membership(professional, nadia, role=Role.FACILITATOR)
        return cls(
            karen=karen,
            jonas=jonas,
            soeren=soeren,
            mette=mette,
            tobias=tobias,
            nadia=nadia,
            aase=aase,
            oejvind=oejvind,
            ida=ida,
            project=project,
            steering=steering,
            coordination=coordination,
            professional=professional,
        )


class Stage:
    """The cast in one open transaction, which the classes that follow each other build upon.

    Making it is most of what a small test class costs. Each class begins with a savepoint of its own and ends
    by going back to it. Whatever test asks for a database without the cast has the stage struck first.
    """

    cast: ClassVar[Cast | None] = None
    # Its own: once Playwright's event loop runs in this thread, Django takes another one for the current.
    _connection: ClassVar[BaseDatabaseWrapper]

    @classmethod
    def enter(cls) -> Cast:
        """The cast, as copies that may be changed; made where it does not stand yet."""
        if cls.cast is not None and cls._connection is not connections[DEFAULT_DB_ALIAS]:
            cls.strike()
        if cls.cast is None:
            cls._connection = connections[DEFAULT_DB_ALIAS]
            whole = transaction.atomic()
            whole._from_testcase = True  # one within may be durable
            whole.__enter__()
            try:
                cls.cast = Cast.create()
            except BaseException:
                cls._leave()
                raise
        ContentType.objects.get_for_model(WorkingGroup)  # cached, as in a running server
        return deepcopy(cls.cast)

    @classmethod
    def strike(cls) -> None:
        """Let the cast be gone, as if it had never been."""
        if cls.cast is not None:
            cls.cast = None
            cls._leave()

    @classmethod
    def _leave(cls) -> None:
        cls._connection.in_atomic_block = False  # the way out of a block looks for the current connection
        cls._connection.rollback()
        cls._connection.set_autocommit(True)
        cls._connection.close()  # as Django does after a class of its own


class CastCase(TestCase):
    """A test case with the whole cast."""

    cast: Cast

    @classmethod
    def setUpClass(cls) -> None:
        if time_machine.escape_hatch.is_travelling():
            Stage.strike()  # those who were made at another time do not belong in this one
        else:
            Stage.enter()
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = Stage.enter() if Stage.cast else Cast.create()

    @classmethod
    def tearDownClass(cls) -> None:
        with mock.patch.object(connections[DEFAULT_DB_ALIAS], "close") if Stage.cast else nullcontext():
            super().tearDownClass()  # closing the connection would be the end of the stage
