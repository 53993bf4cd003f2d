"""A section's heading and text as one thing, and what becomes of two that were written at the same time."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from charters import text
from charters.blocks import Block
from charters.merging import merge, merge_line
from members.cpr import numbers_in, without_cpr


@dataclass(frozen=True)
class Wording:
    heading: str
    body: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        return text.blocks(self.body)

    @property
    def html(self) -> SafeString:
        return text.render(self.body)

    @property
    def cpr_numbers(self) -> list[str]:
        """What looks like CPR numbers in it, as ``members.cpr`` tells them."""
        return [*numbers_in(self.heading), *text.cpr_numbers(self.body)]

    def refuse_cpr(self) -> None:
        """Stop what somebody wrote from being saved where it has what looks like a CPR number.

        Raises:
            ValidationError: by field, what does; see ``members.cpr``.
        """
        problems = {}
        for name, words, ask in [
            ("heading", self.heading, without_cpr),
            ("body", self.body, text.without_cpr),
        ]:
            try:
                ask(words)
            except ValidationError as error:
                problems[name] = error
        if problems:
            raise ValidationError(problems)


@dataclass(frozen=True)
class Joined:
    """Two wordings of one section in one; where they disagree, one with each side's words."""

    with_mine: Wording
    with_theirs: Wording
    is_clean: bool


def join(mine: Wording, *, theirs: Wording, base: Wording | None) -> Joined:
    """Merge what two people made of the same text.

    Args:
        mine: what the writer sends.
        theirs: what stands, saved by somebody else meanwhile.
        base: what both started from; None where that is not known, and then the writer must choose.

    Returns:
        One text with both changes where that can be done without a question.
    """
    if base is None:
        return Joined(mine, theirs, is_clean=mine == theirs)
    merged = merge(base.blocks, mine=mine.blocks, theirs=theirs.blocks)
    heading = merge_line(base.heading, mine=mine.heading, theirs=theirs.heading)
    try:
        with_mine, with_theirs = (
            text.clean(text.to_html(found)) for found in (merged.with_mine, merged.with_theirs)
        )
    except ValidationError:  # each is within bounds, but not both together
        return Joined(mine, theirs, is_clean=False)
    return Joined(
        Wording(mine.heading if heading is None else heading, with_mine),
        Wording(theirs.heading if heading is None else heading, with_theirs),
        is_clean=merged.is_clean and heading is not None,
    )
