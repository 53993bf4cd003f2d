"""Who has a draft open in a browser just now, and where in it they write."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charters.models.charter import Charter
from charters.models.section import Section
from members.models import User

# How long somebody who says nothing is still taken to be there. A browser asks every three seconds, but in a
# window that is out of sight it may do so once a minute only.
_SILENCE = datetime.timedelta(seconds=12)
_SILENCE_OUT_OF_SIGHT = datetime.timedelta(seconds=100)
# A row that says the same is not written anew each time.
_FRESH = datetime.timedelta(seconds=6)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> PresenceQuerySet:
        now = timezone.now()
        return self.filter(
            Q(is_hidden=False, seen_at__gt=now - _SILENCE)
            | Q(is_hidden=True, seen_at__gt=now - _SILENCE_OUT_OF_SIGHT)
        )

    def gone(self) -> PresenceQuerySet:
        return self.filter(seen_at__lt=timezone.now() - 2 * _SILENCE_OUT_OF_SIGHT)


class Presence(models.Model):
    """A window in which somebody has the draft open, and the section they are writing in it."""

    charter = models.ForeignKey(
        Charter, verbose_name=_("kommissorium"), on_delete=models.CASCADE, related_name="presences"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="presences"
    )
    window = models.CharField(_("vindue"), max_length=36)
    section = models.ForeignKey(
        Section,
        verbose_name=_("afsnit"),
        on_delete=models.SET_NULL,
        related_name="presences",
        null=True,
        blank=True,
    )
    is_hidden = models.BooleanField(_("vinduet er ude af syne"), default=False)
    seen_at = models.DateTimeField(_("set"), default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tilstedeværelse")
        verbose_name_plural = _("tilstedeværelser")
        ordering = ["charter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "person", "window"],
                name="presence_one_a_window",
                violation_error_message=_("Vinduet er allerede talt med."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.charter}"

    @classmethod
    def of(cls, charter: Charter) -> list[Presence]:
        """Who has the draft open now, in the order they came."""
        return list(cls.objects.now().filter(charter=charter).select_related("person").order_by("pk"))

    @classmethod
    def writing_in(cls, charter: Charter, *, besides: User) -> list[Presence]:
        """Where others write just now, once for each person and section."""
        writing = cls.objects.now().filter(charter=charter, section__removed_at=None).exclude(section=None)
        there = writing.exclude(person=besides).select_related("person", "section").order_by("pk")
        return list({(one.person_id, one.section_id): one for one in there}.values())

    @classmethod
    def note(
        cls, charter: Charter, *, person: User, window: str, section_id: int | None, is_hidden: bool
    ) -> list[Presence]:
        """Remember that a window is open, and where its cursor is; writes only what is news.

        Args:
            charter: the draft.
            person: who looks at it.
            window: a name the browser has given the window.
            section_id: the section being written there; one that is not of this draft is none.
            is_hidden: the window is behind others, and will be heard of less often.

        Returns:
            Everybody who has the draft open now, the window itself among them.
        """
        there = cls.of(charter)
        own = next((one for one in there if (one.person_id, one.window) == (person.pk, window)), None)
        if own and not own._is_news(section_id, is_hidden=is_hidden):
            return there
        section = charter.sections.filter(pk=section_id).first() if section_id else None
        state = {"section": section, "is_hidden": is_hidden, "seen_at": timezone.now()}
        if own is None:
            there.append(cls._enter(charter, person=person, window=window, **state))
        else:
            cls.objects.filter(pk=own.pk).update(**state)
            own.section, own.is_hidden = section, is_hidden
        return there

    def _is_news(self, section_id: int | None, *, is_hidden: bool) -> bool:
        says_the_same = (self.section_id, self.is_hidden) == (section_id, is_hidden)
        return not says_the_same or self.seen_at < timezone.now() - _FRESH

    @classmethod
    def _enter(cls, charter: Charter, *, person: User, window: str, **state: Any) -> Presence:
        cls.objects.gone().filter(charter=charter).delete()
        own, _created = cls.objects.update_or_create(
            charter=charter, person=person, window=window, defaults=state
        )
        return own

    @classmethod
    def leave(cls, charter: Charter, *, person: User, window: str) -> None:
        cls.objects.filter(charter=charter, person=person, window=window).delete()


@dataclass
class Somebody:
    """A person at the draft, in one window or several."""

    person: User
    is_you: bool
    sections: list[int] = field(default_factory=list)  # where they write

    @property
    def initials(self) -> str:
        words = self.person.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @classmethod
    def among(cls, presences: Iterable[Presence], *, you: User) -> list[Somebody]:
        """The people behind some windows, you first and then as they came."""
        found: dict[int, Somebody] = {}
        for one in presences:
            somebody = found.setdefault(one.person_id, cls(one.person, is_you=one.person_id == you.pk))
            if one.section_id:
                somebody.sections.append(one.section_id)
        return sorted(found.values(), key=lambda somebody: not somebody.is_you)
