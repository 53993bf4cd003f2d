"""A section as Markdown says what it said, to whoever reads Markdown."""

from __future__ import annotations

import pytest

from charters import text
from charters.markdown import body_markdown

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Et</p><p>To</p>", "Et\n\nTo"),
        ("<ul><li><p>Et</p><ol><li><p>To</p></li></ol></li></ul>", "- Et\n    1. To"),
        ("<p>Før</p><ul><li><p>Et</p></li></ul><p>Efter</p>", "Før\n\n- Et\n\nEfter"),
        ("<p><strong>Fed </strong>og <em>kursiv</em></p>", "**Fed** og *kursiv*"),
        ('<p><a href="https://os2.eu/a_b">OS2</a></p>', "[OS2](<https://os2.eu/a_b>)"),
        ("<p>1. november</p>", "1\\. november"),
        ("<p># Nej</p><p>- nej</p><p>+ nej</p>", "\\# Nej\n\n\\- nej\n\n\\+ nej"),
        ("<p>a * b _c_ [d] &lt;e&gt; `f` \\g</p>", "a \\* b \\_c\\_ \\[d\\] \\<e\\> \\`f\\` \\\\g"),
        ("", ""),
    ],
)
def test_a_section_as_markdown(html: str, markdown: str) -> None:
    assert body_markdown(text.blocks(text.clean(html))) == markdown
