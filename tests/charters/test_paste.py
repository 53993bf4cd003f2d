"""What the editor is answered when something is pasted into it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import CastCase

pytestmark = pytest.mark.no_database


class PastingTests(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.jonas)

    def test_what_is_pasted_comes_back_as_it_would_be_saved(self) -> None:
        answer = self.client.post(reverse("charters:paste"), {"text": "<script>x</script><h1>A</h1>• b"})
        assert answer.json() == {"html": "<p>A</p><ul><li><p>b</p></li></ul>"}

    def test_too_much_is_refused_with_words(self) -> None:
        answer = self.client.post(reverse("charters:paste"), {"text": "lang " * 5000})
        assert answer.status_code == 422
        assert "Teksten er for lang." in answer.json()["error"]

    def test_only_somebody_signed_in_is_served(self) -> None:
        self.client.logout()
        assert self.client.post(reverse("charters:paste"), {"text": "a"}).status_code == 302
