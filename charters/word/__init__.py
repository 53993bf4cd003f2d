"""Charters that come back from Word: what a filled-in file says, and where in the draft it belongs."""

from charters.word.charter import WordCharter, WordSection
from charters.word.document import Leftover
from charters.word.heading_fields import WordMember
from charters.word.package import WordError
from charters.word.reading import read_word

__all__ = ["Leftover", "WordCharter", "WordError", "WordMember", "WordSection", "read_word"]
