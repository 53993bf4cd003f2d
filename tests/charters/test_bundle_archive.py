"""The zip itself: what unpackers make of it, and what its files are called."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charters.bundle_archive import Archive, ArchiveFile, ChangedError, TooLargeError
from charters.bundle_names import names_of, possible
from charters.models import Charter
from members.models import Project, WorkingGroup

pytestmark = pytest.mark.no_database
DAY = datetime.date(2026, 11, 24)


def announced(name: str, content: bytes, day: datetime.date = DAY) -> ArchiveFile:
    return ArchiveFile(name, len(content), zlib.crc32(content), day)


def zipped(contents: dict[str, bytes]) -> bytes:
    archive = Archive([announced(name, content) for name, content in contents.items()])
    sent = b"".join(archive.stream(contents.values()))
    assert len(sent) == archive.size
    return sent


@given(st.dictionaries(st.text(st.characters(categories=["L", "N"]), min_size=1), st.binary(), max_size=4))
@settings(max_examples=25)
def test_pythons_own_reader_finds_every_file_whole(contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(contents))) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == contents


def test_a_file_carries_its_day_its_danish_name_and_ordinary_rights() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped({"Ærø/årsplan.pdf": b"%PDF"}))) as read:
        (info,) = read.infolist()
    assert info.filename == "Ærø/årsplan.pdf"
    assert info.date_time == (2026, 11, 24, 12, 0, 0)
    assert info.compress_type == zipfile.ZIP_STORED
    assert info.external_attr >> 16 == 0o100644
    assert not info.flag_bits & 0x08, "sizes stand in front of each file, for those who unpack as they read"


def test_a_content_that_is_not_the_announced_one_ends_the_download() -> None:
    with pytest.raises(ChangedError):
        list(Archive([announced("a.pdf", b"1234")]).stream([b"123"]))


def test_no_zip_is_begun_that_cannot_be_finished() -> None:
    half = ArchiveFile("stor.pdf", 1 << 31, 0, DAY)
    Archive([half])
    with pytest.raises(TooLargeError):
        Archive([half, half])
    with pytest.raises(TooLargeError):
        Archive([announced("x", b"")] * 0xFFFF)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OS2naturkort", "OS2naturkort"),
        ('Data: "hvem/hvad?" <*|\\', "Data- -hvem-hvad-- ----"),
        ("Vi slutter her. . ", "Vi slutter her"),
        ("CON", "_CON"),
        ("com1.net", "_com1.net"),
        ("Console", "Console"),
        ("..", "_"),
        ("../../etc", "-..-etc"),
        ("a\tb\u202ec\x00", "a b c"),
        ("Å" * 80, "Å" * 50),
        ("A\u030arsplan", "Årsplan"),
    ],
)
def test_a_name_is_possible_on_windows_too(name: str, expected: str) -> None:
    made = possible(name, longest=50)
    assert made == expected
    assert not set(made) & set('<>:"/\\|?*')


def edition(group: str, project: str = "", number: int = 1) -> Charter:
    owner = Project(name=project) if project else None
    of_group = WorkingGroup(kind=WorkingGroup.Kind.PROFESSIONAL, name=group, project=owner)
    return Charter(group=of_group, number=number)


def test_names_say_project_type_group_and_edition() -> None:
    with_project, without = edition("Styring", "OS2naturkort", 3), edition("Jura")
    assert list(names_of([with_project, without])) == [
        "OS2naturkort/Faggruppe - Styring, udgave 3.pdf",
        "Uden projekt/Faggruppe - Jura, udgave 1.pdf",
    ]


def test_names_that_windows_takes_for_one_are_told_apart() -> None:
    names = list(names_of([edition("Data", "OS2a"), edition("DATA", "OS2A"), edition("Data", "OS2a")]))
    assert names[1] == "OS2A/Faggruppe - DATA, udgave 1 (2).pdf"
    assert len({name.casefold() for name in names}) == 3


def test_the_longest_names_keep_their_edition_and_fit_into_a_windows_path() -> None:
    long = edition("g" * 160, "p" * 120, 12)
    first, second = names_of([long, long])
    assert first.endswith("g, udgave 12.pdf")
    assert second.endswith("g, udgave 12 (2).pdf")
    assert max(len(first), len(second)) <= 180


def test_the_whole_zip_is_never_in_memory() -> None:
    """One content is asked for at a time, after the one before it was sent."""
    given_out = mock.Mock(side_effect=[b"a", b"b"])
    stream = Archive([announced("a", b"a"), announced("b", b"b")]).stream(given_out() for _ in range(2))
    next(stream)
    assert given_out.call_count == 1
