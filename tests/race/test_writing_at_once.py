"""Several who write the same draft at the same moment: every press counts, and none undoes another's."""

from __future__ import annotations

from functools import partial
from unittest import mock

from django.utils import timezone

from charters.adoption import adopt
from charters.models import Charter, CharterTemplate, Obligation
from charters.models.manuscript import ClosedGroupError
from members.models import WorkingGroup
from tests.race.test_at_once import RaceCase
from tests.support.at_once import at_once


class MoveTests(RaceCase):
    def setUp(self) -> None:
        super().setUp()
        self.charter = Charter.start(self.cast.steering, by=None)

    def headings(self) -> list[str]:
        return [section.heading for section in Charter.objects.get(pk=self.charter.pk).standing_sections()]

    def opened(self) -> Charter:
        """The draft as a page has read it, sections and all, before anybody presses."""
        return Charter.objects.prefetch_related("sections").get(pk=self.charter.pk)

    def test_all_moves_made_at_once_are_made(self) -> None:
        before = self.headings()
        first, second, third, fourth, fifth = before
        presses = [(self.opened(), 0, False), (self.opened(), 2, False)]
        answers = at_once(
            [partial(c.move_section, c.standing_sections()[i], up=up) for c, i, up in presses],
        )
        assert [type(answer) for answer in answers] == [list, list], answers
        positions = list(self.charter.sections.order_by("position").values_list("position", flat=True))
        assert positions == [1, 2, 3, 4, 5]
        assert self.headings() == [second, first, fourth, third, fifth]

    def test_one_press_sent_four_times_at_once_moves_once(self) -> None:
        before = self.headings()
        opened = [self.opened() for _ in range(4)]
        at_once([partial(c.move_section, c.standing_sections()[0], up=False, seen_at=1) for c in opened])
        assert self.headings() == [before[1], before[0], *before[2:]]


class NewVersionTests(RaceCase):
    def test_all_who_begin_a_new_version_at_once_get_the_same_draft(self) -> None:
        def begin() -> CharterTemplate:
            return CharterTemplate.objects.published().get(kind="steering").new_version()

        answers = at_once([begin] * 4)
        draft = CharterTemplate.objects.get(kind="steering", state="draft")
        assert answers == [draft] * 4
        assert draft.sections.count() == 5


class CloseTests(RaceCase):
    def test_a_group_closed_while_its_charter_is_adopted_has_none_in_force(self) -> None:
        draft = Charter.start(self.cast.steering, by=None)

        def press() -> None:
            adopt(Charter.objects.get(pk=draft.pk), by=self.cast.karen, on=timezone.localdate())

        def close() -> None:
            WorkingGroup.objects.get(pk=self.cast.steering.pk).close()

        with mock.patch("charters.adoption.charter_pdf", return_value=b"%PDF-"):
            adopted, closed = at_once([press, close])
        assert closed is None
        assert adopted is None or isinstance(adopted, ClosedGroupError)
        assert Charter.objects.get().state == ("retired" if adopted is None else "draft")
        assert not Obligation.objects.in_force().exists()
