"""Whoever was anonymised after a backup was taken is so again after it was put back."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from members.models import User
from members.privacy.anonymising import anonymise
from tests.cast import CastCase


class ErasureCase(CastCase):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.file = tmp_path / "erasures.jsonl"

    def erased(self, *people: User) -> None:
        """Write the list as it is once these people are anonymised, and go back to before."""
        as_before = {person.pk: User.objects.filter(pk=person.pk).values().get() for person in people}
        for person in people:
            for membership in person.memberships.current():
                membership.end()
            person.facilitated_projects.update(facilitator=None)
            anonymise(person, by=self.cast.aase)
        out = StringIO()
        call_command("list_erasures", stdout=out)
        self.file.write_text(out.getvalue())
        for pk, fields in as_before.items():
            User.objects.filter(pk=pk).update(**fields)

    def reapply(self) -> str:
        out = StringIO()
        call_command("reapply_erasures", str(self.file), stdout=out)
        return out.getvalue()


class ErasureTests(ErasureCase):
    def test_the_list_tells_who_by_key_and_nothing_else(self) -> None:
        self.erased(self.cast.ida)
        said = self.file.read_text()
        assert f'"person": {self.cast.ida.pk}' in said
        assert "Ida" not in said
        assert "odder" not in said

    def test_they_are_nameless_again_and_a_second_time_nothing_happens(self) -> None:
        self.erased(self.cast.ida)
        assert self.reapply() == "Anonymiseret igen: 1\n"
        self.cast.ida.refresh_from_db()
        assert self.cast.ida.is_anonymised
        assert not User.objects.filter(email="ida@odder.example").exists()
        assert self.reapply() == "Anonymiseret igen: 0\n"

    def test_what_had_ended_by_then_ends_again(self) -> None:
        mette = self.cast.mette
        self.erased(mette)
        mette.memberships.update(left_on=None)
        self.cast.project.facilitator = mette
        self.cast.project.save()
        assert self.reapply() == "Anonymiseret igen: 1\n"
        assert not mette.memberships.current_or_coming().exists()
        assert not mette.facilitated_projects.exists()

    def test_somebody_else_with_the_same_key_is_left_alone(self) -> None:
        self.erased(self.cast.ida)
        User.objects.filter(pk=self.cast.ida.pk).update(date_joined="2026-01-01T00:00:00Z")
        assert self.reapply() == "Anonymiseret igen: 0\n"
        assert User.objects.filter(email="ida@odder.example").exists()

    def test_a_file_that_is_not_there_or_not_a_list_changes_nothing(self) -> None:
        with pytest.raises(CommandError, match="Filen kan ikke læses"):
            self.reapply()
        self.erased(self.cast.ida)
        self.file.write_text(self.file.read_text() + "{}\n")
        with pytest.raises(CommandError, match="Linjen kan ikke læses"):
            self.reapply()
        assert User.objects.filter(email="ida@odder.example").exists()
