"""A filled-in Word file on its way into a draft: read, shown beside it, and saved as any other writing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from charters import text
from charters.models import Charter, Section, WordFile
from charters.models.manuscript import ManuscriptError
from charters.models.section import TwoTextsError
from charters.word import WordCharter, WordError, read_word
from charters.word.belonging import others_named, titles_told
from charters.word.document import Leftover
from charters.word.labels import MAX_HEADING
from charters.word.matching import MemberFound, Proposal, Proposed, match
from charters.word_facts import as_stored
from charters.word_order import put_where_they_stand
from charters.word_origin import FACTS, Origin, Standing, standing_of
from charters.word_preview import Choice, Passage, Preview, paragraphs, preview
from charters.word_suggestion import Suggested
from members import cpr
from members.models import User

KEEP = datetime.timedelta(days=30)  # how long a file waits for its reader


class OtherFileError(ManuscriptError):
    """What was ticked is of a file that another took the place of."""

    def __init__(self) -> None:
        super().__init__(_("Filen er læst igen, siden siden her blev åbnet. Se den igennem, som den er nu."))


def receive(charter: Charter, file: IO[bytes], *, name: str, by: User) -> WordFile:
    """Read a Word file beside a draft, and remember what it would make of it.

    Raises:
        WordError: it cannot be read, nothing in it is a charter, or something in it or its name looks like a
            CPR number; in words for the user.
    """
    if numbers := cpr.numbers_in(name):
        raise WordError(_("Filens navn: %(refusal)s") % {"refusal": cpr.refusal(numbers)})
    read = read_word(
        file, headings=[section.heading for section in charter.in_order()], name=charter.group.name
    )
    word = _the_groups(read, charter)
    if word.is_empty:
        raise WordError(_("Der er ikke fundet et kommissorium i filen. Er det det rigtige dokument?"))
    people = [membership.person for membership in charter.group.roster()]
    others = User.objects.exclude(pk__in=[person.pk for person in people])
    origin = Origin.read(word.origin, charter=charter)
    sections = standing_of(charter, origin)
    proposal = match(word, sections, people, others=list(others) if word.members else [])
    project = charter.group.project
    content = {
        **_content(proposal, others=[one for one in read if one is not word], is_ours=origin is not None),
        **_head(word, origin),
        "titles": titles_told(word, name=charter.group.name),
        "others": others_named(
            word,
            kind=charter.template.kind,
            names=[charter.group.name, charter.project_name, project.name if project else ""],
        ),
    }
    if numbers := _cpr_numbers(content):
        raise WordError(_("I filen: %(refusal)s") % {"refusal": cpr.refusal(numbers)})
    WordFile.objects.filter(read_at__lt=timezone.now() - KEEP).delete()
    found, _created = WordFile.objects.update_or_create(
        charter=charter, owner=by, defaults={"name": name[:200], "content": content}
    )
    return found


def _cpr_numbers(content: dict[str, Any]) -> list[str]:
    """What looks like CPR numbers in what would wait in the database, wherever in the file it stood."""
    bodies = [one["body"] for one in content["sections"]]
    found = [*cpr.numbers_in(cpr.all_words(content)), *(n for body in bodies for n in text.cpr_numbers(body))]
    return list(dict.fromkeys(found))


def _the_groups(read: Sequence[WordCharter], charter: Charter) -> WordCharter:
    """Of several charters in one file, the one for the group's type."""
    of_kind = [word for word in read if word.kind == charter.template.kind and not word.is_empty]
    filled = [word for word in read if not word.is_empty]
    return (of_kind or filled or list(read))[0]


def _content(
    proposal: Proposal[Standing, Any], *, others: Sequence[WordCharter], is_ours: bool
) -> dict[str, Any]:
    return {
        "sections": [_section(one, is_ours=is_ours) for one in proposal.sections],
        "members": [_member(found) for found in proposal.members],
        "absent": [person.name for person in proposal.absent] if proposal.members else [],
        "leftovers": [
            {
                "what": one.what,
                "words": one.words,
                "is_text": one.is_text and _fits(one.words),
                "is_kept": one.is_kept,
            }
            for one in _together([*proposal.leftovers, *_left_with(others)])
        ],
    }


def _section(one: Proposed[Standing], *, is_ours: bool) -> dict[str, Any]:
    return {
        "section": one.section.section.pk if one.section else None,
        "base": one.section.base if one.section else 0,
        "heading": one.heading,
        "body": one.body,
        "is_sure": one.is_sure,
        "named": one.named,
        # Where the file was made from the draft, its writer gave the section another heading.
        "is_renamed": one.is_renamed or (is_ours and one.named != one.heading),
    }


def _member(found: MemberFound[Any]) -> dict[str, Any]:
    return {
        "name": found.named.name,
        "people": [person.pk for person in found.people],
        "is_sure": found.is_sure,
        "known_as": found.people[0].name if found.people else "",
        "nearest": found.nearest.name if found.nearest else "",
    }


def _head(word: WordCharter, origin: Origin | None) -> dict[str, Any]:
    """What the file says in its head, and what the draft said there when the file was made from it."""
    facts = dict(zip(FACTS, origin.facts, strict=True)) if origin else {}
    return {
        **word.facts.said,
        "unread": word.facts.unread,
        "empty": word.facts.empty,
        "origin": {"revision": origin.revision, "facts": facts} if origin else None,
    }


def _left_with(others: Iterable[WordCharter]) -> Iterator[Leftover]:
    """The headings of the file's other charters, and what stands beside their text."""
    for word in others:
        if not word.is_empty:
            title = word.titles[0] if word.titles else ""
            headings = "\n".join(section.heading for section in word.sections)
            yield Leftover(_("Et andet kommissorium i filen: %(title)s") % {"title": title}, headings)
        yield from word.leftovers


def _together(leftovers: Iterable[Leftover]) -> Iterator[Leftover]:
    """The lines of one text as one."""
    for (what, is_text), lines in groupby(leftovers, key=lambda one: (one.what, one.is_text)):
        if is_text:
            yield Leftover(what, "\n".join(line.words for line in lines), is_text)
        else:
            yield from lines


def _fits(words: str) -> bool:
    """Whether a section can hold the words."""
    try:
        return bool(paragraphs(words))
    except ValidationError:
        return False


@transaction.atomic
def take_over(file: WordFile, choice: Choice, *, seen: str, by: User) -> list[Section]:
    """Save what was chosen, as its reader's own writing; sent twice, it is saved once.

    Args:
        file: what was read.
        choice: what of it to take over.
        seen: the mark of the file that was looked through.
        by: whose file it is.

    Returns:
        The sections that somebody wrote in meanwhile: the file's text is in their history.

    Raises:
        OtherFileError: another file was read since; nothing was saved.
        ManuscriptError: the draft is adopted, given up or its group closed; nothing was saved.
    """
    waiting = WordFile.objects.select_for_update().filter(pk=file.pk, owner=by).first()
    if waiting is None:
        return []
    if waiting.mark != seen:
        raise OtherFileError
    waiting.charter = charter = file.charter
    chosen = preview(waiting, choice=choice)
    try:
        saved = _taken(chosen, charter, by=by)
    except ValidationError as error:
        raise ManuscriptError(" ".join(error.messages)) from error
    waiting.delete()
    contested = (one.section for one in chosen.suggested if one.number in saved and not saved[one.number])
    return [section for section in contested if section]


def _taken(chosen: Preview, charter: Charter, *, by: User) -> dict[int, Section | None]:
    """Save what is ticked; the sections by their number, None where somebody else's words stand."""
    saved = {one.number: _saved(one, charter, by=by) for one in chosen.suggested if one.is_taken}
    for passage in chosen.passages:
        if passage.is_ticked:
            charter.add_section(_heading(passage), body=passage.body, by=by)
    put_where_they_stand(chosen, saved)
    if facts := {fact.name: as_stored(fact) for fact in chosen.facts if fact.is_ticked}:
        charter.rewrite_heading(**facts)
    return saved


def _heading(passage: Passage) -> str:
    if len(passage.heading) > MAX_HEADING:
        raise ManuscriptError(_("En overskrift kan højst være på %(count)s tegn.") % {"count": MAX_HEADING})
    return passage.heading


def _saved(one: Suggested, charter: Charter, *, by: User) -> Section | None:
    """The section that holds it now; None where somebody else's words stand."""
    try:
        if one.section is None or one.is_apart:
            added: Section = charter.add_section(one.named, body=one.body, by=by)
            return added
        one.section.charter = charter
        one.section.rewrite(heading=one.chosen.heading, body=one.chosen.body, base=one.base, by=by)
    except TwoTextsError:
        return None
    return one.section
