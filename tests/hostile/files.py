"""What is sent where a file is asked for and is none of its files, and what no file is called."""

from __future__ import annotations

from collections.abc import Callable

from tests.charters.word.test_bad_files import BAD as BAD_CHARTERS
from tests.hostile import corpus
from tests.members.register.test_bad_lists import BAD as BAD_LISTS

# What "Kontrollér dokument" takes for data, or for a PDF.
DATA: dict[str, bytes] = {
    "deep data": b"[" * 200_000,
    "deep object": b'{"content":' * 50_000,
    "no number": b'{"content": {"a": NaN, "b": Infinity}}',
    "more figures than python reads": b'{"content": {"number": ' + b"9" * 5_000 + b"}}",
    "half a character": b'{"content": {"text": "\\ud800"}, "fingerprint": "' + b"0" * 64 + b'"}',
    "nul": b'{"content": {"title": "\\u0000"}, "names": [{"name": "\\u0000", "salt": ""}]}',
    "names that are none": b'{"fingerprint": [], "content": {}, "names": {"a": [1, null]}}',
    "only a beginning": b"%PDF-1.7\n" + b"Fingeraftryk: 0000 0000 0000" * 1_000,
    "not utf-8": b"\xff\xfe{}\x00",
    "one long line": b"a" * 9_000_000,
}
FILES: dict[str, Callable[[], bytes]] = {
    **{f"word, {what}": make for what, (make, _reason) in BAD_CHARTERS.items()},
    **{f"list, {what}": make for what, (make, _reason) in BAD_LISTS.items()},
    **{f"data, {what}": lambda content=content: content for what, content in DATA.items()},
}
# As a client can send them; other bytes in their place are among corpus.REQUESTS.
NAMES = [name for name in corpus.TEXTS.values() if name.isascii() and not set(name) & set('\r\n"')]
