"""Several take in a newer standard text at the same moment, while somebody writes."""

from __future__ import annotations

from charters.models import Charter, CharterTemplate, SectionRevision
from charters.take_in import take_in
from members.models import WorkingGroup
from tests.race.test_at_once import RaceCase
from tests.support.at_once import at_once


class TakeInAtOnceTests(RaceCase):
    def setUp(self) -> None:
        super().setUp()
        self.draft = Charter.start(self.cast.steering, by=None)
        self.role = self.draft.sections.get(key="rolle")
        self.standard = CharterTemplate.objects.published().of_kind("steering").get().new_version()
        role = self.standard.sections.get(key="rolle")
        role.rewrite(heading="Rolle", body=f"{role.body}<p>Fra OS2.</p>", base=role.revision)
        self.standard.add_section("Åbenhed", body="Referater er åbne.")
        self.standard.publish(by=self.cast.aase)

    def take_in(self) -> Charter:
        return take_in(WorkingGroup.objects.get(pk=self.cast.steering.pk), by=self.cast.karen)

    def write(self) -> None:
        mine = Charter.objects.get(pk=self.draft.pk).sections.select_related("charter").get(key="rolle")
        mine.rewrite(heading="Rolle", body=f"<p>Fra gruppen.</p>{self.role.body}", base=self.role.revision)

    def test_it_is_taken_in_once_and_what_is_written_meanwhile_stands_beside_it(self) -> None:
        *taken, wrote = at_once([*[self.take_in] * 3, self.write])
        assert (taken, wrote) == ([self.draft] * 3, None)
        draft = Charter.objects.get()
        assert draft.template == self.standard
        assert draft.sections.filter(heading="Åbenhed").count() == 1
        body = draft.sections.get(key="rolle").body
        assert ("Fra gruppen." in body, body.count("Fra OS2.")) == (True, 1)
        assert SectionRevision.objects.filter(section=self.role, act="taken_in").count() == 1
