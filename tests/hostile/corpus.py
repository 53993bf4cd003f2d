"""What is sent here and is not what anybody meant: each piece with the name that a failing test gives it.

Nothing in it is a secret of the trade: it is what scanners, broken programs, pasted text and names from
elsewhere in the world hold (RELIABILITY.md, section 5.9; the OWASP lists of injections; the Unicode annexes).
"""

from __future__ import annotations

LINE = 10_000  # characters of a long line, where a form takes it into a hundred fields

# A line or more of text. None is wrong as such: where it is accepted, it stands as it was written.
TEXTS: dict[str, str] = {
    "nul": "Ida\0Skov",
    "nul alone": "\0",
    "control characters": "Ida\x01\x07\x08\x0b\x0c\x0e\x1b[31m\x7fSkov",
    "c1 control characters": "Ida\x85\x90\x9bSkov",
    "lone surrogate": "Ida\ud800Skov",
    "surrogates swapped": "Ida\udc00\ud800Skov",
    "not characters": "Ida\ufffe\uffff\U0001ffffSkov",
    "private use": "Ida\ue000\uf8ffSkov",
    "right to left override": "Ida \u202egvokS\u202c \u2066x\u2069",
    "right to left": "ادا Skov עברית",
    "zero width": "Ida\u200b\u200c\u200d\u2060\ufeffSkov",
    "soft hyphen": "Ida\u00adSkov",
    "byte order mark": "\ufeffIda",
    "line breaks": "Ida\r\nBcc: alle@os2.example\r\n\r\n<h1>Hej</h1>",
    "separators": "Ida\u2028Skov\u2029Næste\x1eog\x1d\x1c",
    "only spaces": " \t\u00a0\u2003\u3000 ",
    "emoji": "👩‍👩‍👧‍👦🇩🇰🏳️‍🌈",
    "astral": "𝕴𝖉𝖆 𠜎",
    "combining": "I" + "\u0301\u0323\u0489" * 200,
    "decomposed": "A\u030arhus O\u0308sterbro",
    "homoglyphs": "Каrеn Наvbirk",
    "dotless": "ıİıiſßẞKÅ",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "out of an attribute": "\"' autofocus onfocus=alert(1) x='`",
    "out of a text area": "</textarea></title></script><!--<svg/onload=alert(1)>-->",
    "template": "{{ settings.SECRET_KEY }}{% debug %}${7*7}#{7*7}<%= 7*7 %>",
    "sql": "'; DROP TABLE members_user; -- \" OR 1=1",
    "like": "100%_\\%",
    "search language": "a & | ! ( ) :* <-> \" NEAR(a b) ^ * -",
    "percent": "%00%0d%0a%s%n%(name)s%x",
    "format": "{0.__class__.__mro__}{}",
    "path": "../../../../etc/passwd\\..\\",
    "formula": "=HYPERLINK(\"http://127.0.0.1:9/\"&A1;\"x\")",
    "formula behind space": "\t=1+1",
    "formula of another kind": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide formula": "＝1+1",
    "log line": "ok\n2026-11-26 12:00:00 ERROR root: DROP",
    "entity": "&lt;b&gt;&#0;&#xD800;&amp;amp;&nbsp",
    "doctype": "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/hosts\">]>&y;<![CDATA[",
    "markdown": "# x\n- [y](javascript:alert(1)) | z\n```\n***",
    "json": "{\"__proto__\": {\"x\": 1}, \"a\": NaN}",
    "javascript address": "javascript:alert(1)",
    "address within": "//evil.example/\\evil.example",
    "long word": "å" * LINE,
    "many lines": "linje\n" * 2_000,
    "many marks": "\u0300" * 5_000,
    "quotes": "»Ida« “Skov” O’Hara -- “",
}  # fmt: skip

# What a field for a number or a key gets.
NUMBERS: dict[str, str] = {
    "zero": "0",
    "negative": "-1",
    "minus zero": "-0",
    "beyond 32 bits": "2147483648",
    "beyond 64 bits": "9223372036854775808",
    "below 64 bits": "-9223372036854775809",
    "beyond all": "9" * 4_000,
    "more figures than python reads": "9" * 5_000,
    "fraction": "1.5",
    "exponent": "1e400",
    "not a number": "NaN",
    "infinite": "Infinity",
    "unicode digits": "١٢٣",
    "superscript": "²",
    "underscore": "1_000",
    "hexadecimal": "0x1",
    "padded": " 1 ",
    "true": "true",
}

DAYS: dict[str, str] = {
    "year zero": "0000-01-01",
    "year one": "0001-01-01",
    "last year": "9999-12-31",
    "year ten thousand": "10000-01-01",
    "no leap year": "2026-02-29",
    "month thirteen": "2026-13-01",
    "day zero": "2026-01-00",
    "with time": "2026-03-29T02:30:00+02:00",
    "unicode digits": "٢٠٢٦-٠١-٠١",
    "negative": "-2026-01-01",
}

UUIDS: dict[str, str] = {
    "not one": "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
    "urn": "urn:uuid:00000000-0000-0000-0000-000000000000",
    "unicode digits": "٠" * 32,
}

# Formatted text, as an editor could send it.
BODIES: dict[str, str] = {
    "nested a hundred deep": "<ul><li>" * 100 + "dybt" + "</li></ul>" * 100,
    "nested a thousand deep": "<ul><li>" * 1_000 + "dybt",
    "nested a hundred thousand deep": "<ul><li>" * 20_000 + "dybt",
    "quotes within quotes": "<p>" + "<blockquote>" * 4_000 + "dybt",
    "bold within bold": "<p>" + "<strong><em>" * 5_000 + "dybt</p>",
    "never closed": "<p>" + "<a href='x" * 3_000,
    "comment never closed": "<p>x</p><!--" * 3_000,
    "declarations": "<p>x</p><![CDATA[<!DOCTYPE [<!x" * 2_000,
    "entities": "<p>" + "&amp;" * 10_000 + "&#0;&#xD800;&#x110000;&#99999999999999;</p>",
    "tags without end": "<p>" + "<" * 20_000,
    "scripts": "<p>a</p><script>alert(1)</script><svg><style><img src=x onerror=alert(1)></style></svg>",
    "links": "<p><a href='javascript:alert(1)'>a</a><a href=' java\tscript:alert(1)'>b</a>"
    "<a href='data:text/html,x'>c</a><a href='http://[::1'>d</a><a href='https://os2.example/\"onx='>e</a></p>",
    "a million characters": "<p>" + "a" * 1_000_000 + "</p>",
    "many points": "<ul>" + "<li>a</li>" * 5_000 + "</ul>",
    "many runs": "<p>" + "<b>a</b><i>b</i>" * 4_000 + "</p>",
}  # fmt: skip

# What stands for a part of an address.
PARTS: dict[str, str] = {
    "nul": "a%00b",
    "nul alone": "%00",
    "overlong": "a%C0%AFb",
    "overlong nul": "%C0%80",
    "surrogate": "%ED%A0%80",
    "half a character": "%C3",
    "not utf-8": "%FF%FE",
    "line breaks": "a%0D%0ASet-Cookie:%20x=1",
    "dots": "..%2F..%2Fetc%2Fpasswd",
    "unicode digits": "%D9%A1%D9%A2",
    "superscript": "%C2%B2",
    "negative": "-1",
    "zero": "0",
    "beyond 64 bits": "9223372036854775808",
    "beyond all": "9" * 4_000,
    "more figures than python reads": "9" * 5_000,
    "markup": "%3Cscript%3E",
    "percent": "%25s%25",
    "broken percent": "%zz%",
    "right to left": "%E2%80%AE",
    "long": "a" * LINE,
    "quotes": "%27%22%60",
    "brackets": "%5B%3A%3A1",
}

COOKIES: dict[str, str] = {
    "empty": "",
    "nul": '"\\000abcdefgh"',
    "nul within": '"abcdefgh\\000abcdefgh"',
    "control": '"\\001\\177"',
    "not utf-8": "\xff\xfe",
    "quotes never closed": '"abc',
    "long": "a" * LINE,
    "beyond a column": "b" * 300,
    "markup": "<script>",
    "json": '{"a":[1]}',
    "signed by nobody": "W1s:1tAbCd:" + "x" * 43,
    "escape without end": '"abc\\',
    "unicode": '"\\303\\246"',
}

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


def _part(header: bytes, content: bytes = b"x") -> bytes:
    """A part of a form sent as multipart, with x for the boundary."""
    return b"--x\r\nContent-Disposition: form-data; " + header + b"\r\n\r\n" + content + b"\r\n"


_END = b"--x--\r\n"
_NAMES = [b'"../../x\0.docx"', b'""', b'"\xff\xfe"', b'"a\r\nb"', b"\"x\"; filename*=utf-9''%00"]

# (content type, body) of a request to any address.
REQUESTS: dict[str, tuple[str, bytes]] = {
    "json": ("application/json", b'{"name": "Ida"}'),
    "json very deep": ("application/json", b"[" * 100_000),
    "json no text": ("application/json", b"\xff\xfe\x00"),
    "xml": ("application/xml", b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hosts'>]><x>&y;</x>"),
    "no type": ("", b"name=Ida"),
    "odd type": ("text/plain; charset=utf-9; =;;", b"name=Ida"),
    "form in an unknown encoding": (f"{FORM}; charset=x-ukendt", b"name=Ida"),
    "form in utf-16": (f"{FORM}; charset=utf-16", b"name=Ida"),
    "form in utf-7": (f"{FORM}; charset=utf-7", b"name=%2BADw-script"),
    "form that is no text": (FORM, b"\xff\xfe=\x00&%=%&=&&;name"),
    "form of 1,001 fields": (FORM, b"&".join(b"a%d=" % n for n in range(1_001))),
    "form of nine million bytes": (FORM, b"name=" + b"a" * 9_000_000),
    "multipart without boundary": (MULTIPART, b"--x\r\n\r\n"),
    "multipart with an empty boundary": (f"{MULTIPART}; boundary=", b"--\r\n\r\n----"),
    "multipart with an odd boundary": (f'{MULTIPART}; boundary="Ã¦Ã¿"', b"--x"),
    "multipart cut off": (f"{MULTIPART}; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a'),
    "multipart never ended": (f"{MULTIPART}; boundary=x", _part(b'name="name"')),
    "multipart of another encoding": (
        f"{MULTIPART}; boundary=x; charset=utf-16",
        _part(b'name="name"') + _END,
    ),
    "multipart in base64 that is none": (
        f"{MULTIPART}; boundary=x",
        _part(b'name="name"\r\nContent-Transfer-Encoding: base64', b"%%%=") + _END,
    ),
    "multipart with hostile file names": (
        f"{MULTIPART}; boundary=x",
        b"".join(_part(b'name="file"; filename=' + name) for name in _NAMES) + _END,
    ),
    "multipart with a large header": (
        f"{MULTIPART}; boundary=x",
        _part(b'name="a"\r\nX: ' + b"a" * 100_000) + _END,
    ),
    "multipart of 1,001 fields": (
        f"{MULTIPART}; boundary=x",
        b"".join(_part(b'name="a%d"' % n) for n in range(1_001)) + _END,
    ),
    "multipart of 200 files": (
        f"{MULTIPART}; boundary=x",
        b"".join(_part(b'name="f"; filename="%d"' % n) for n in range(200)) + _END,
    ),
}

# What stands in a header that we, Django or a library reads.
HEADERS = [
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_HOST",
    "HTTP_HX_CURRENT_URL",
    "HTTP_HX_REQUEST",
    "HTTP_HX_TARGET",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_RANGE",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
]
