"""What of a page a browser would run, or fetch from elsewhere, though it is only what somebody wrote.

Our pages have neither scripts nor style within them: whatever looks like either came from a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

# What a browser follows by itself, or at a click; in what a reader wrote a link leads where it says.
FETCHED = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"}
NEVER = {"base", "iframe", "object", "embed", "style", "applet", "frame", "math"}
LEADS_SOMEWHERE = re.compile(r"^(https?:|mailto:|tel:|webcal:|[^a-z]|$|[^:]*$|[^:]*[/?#])", re.IGNORECASE)
STAYS_HERE = re.compile(r"^(/(?!/)|\?|#|\.|$)")
NO_PROGRAM = {"application/json", "importmap"}


def dangers(html: str) -> list[str]:
    """What should not stand in a page, each as it stands there; nothing where all is well.

    To a browser that runs scripts, what stands in ``noscript`` is words; to another it is markup.
    """
    return [*dict.fromkeys(found for scripted in (True, False) for found in _found(html, scripted=scripted))]


def _found(html: str, *, scripted: bool) -> list[str]:
    looker = _Looker(scripted=scripted)
    looker.feed(html)
    looker.close()
    return looker.found


class _Looker(HTMLParser):
    def __init__(self, *, scripted: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.scripted = scripted
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(_is_danger(tag, {name: value or "" for name, value in attrs})):
            self.found.append((self.get_starttag_text() or tag)[:120])
        if tag == "noscript" and self.scripted:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def _is_danger(tag: str, attrs: dict[str, Any]) -> Iterator[bool]:
    yield tag in NEVER
    yield tag == "script" and "src" not in attrs and attrs.get("type") not in NO_PROGRAM
    yield tag == "meta" and "http-equiv" in attrs
    yield any(name.startswith(("on", "hx-on")) or name in ("srcdoc", "style") for name in attrs)
    for name, value in attrs.items():
        # A browser leaves these out of an address, so we do before we look at it.
        address = re.sub(r"[\x00-\x20]", "", value)
        yield name in FETCHED and not STAYS_HERE.match(address)
        yield name == "href" and tag == "link" and not STAYS_HERE.match(address)
        yield name == "href" and not LEADS_SOMEWHERE.match(address)
