"""A zip whose files are known beforehand by name, size and checksum, so that it is sent and need not be kept.

Python's ``zipfile`` needs the files themselves to know where each will lie, and where it may not seek it
leaves the sizes to be found behind each file, which not every unpacker does. Here every header is complete
(PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16), and the length is known before the first byte.
Nothing is compressed: a PDF is already.
"""

from __future__ import annotations

import datetime
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8_NAMES, _STORED = 20, 0x800, 0
_ORDINARY_FILE = 0o100644 << 16  # as the Unix permissions of the file
_MADE_ON_UNIX = 3 << 8

# What a zip holds without the 64-bit extension, which this does not write.
MOST_FILES, MOST_BYTES = 0xFFFF - 1, 0xFFFFFFFF - 1


class TooLargeError(Exception):
    """More than a plain zip can hold."""


class ChangedError(Exception):
    """A file is not the one that was announced."""


@dataclass(frozen=True)
class ArchiveFile:
    name: str
    size: int
    crc32: int
    day: datetime.date

    @property
    def encoded_name(self) -> bytes:
        return self.name.encode()

    @property
    def facts(self) -> tuple[int, ...]:
        """What both headers say: flags, method, time and day, checksum, sizes, lengths."""
        day = (max(self.day.year, 1980) - 1980) << 9 | self.day.month << 5 | self.day.day
        noon = 12 << 11
        lengths = (len(self.encoded_name), 0)
        return (_UTF8_NAMES, _STORED, noon, day, self.crc32, self.size, self.size, *lengths)

    def local_header(self) -> bytes:
        return _LOCAL.pack(b"PK\x03\x04", _VERSION, *self.facts) + self.encoded_name

    def central_header(self, offset: int) -> bytes:
        about = (_MADE_ON_UNIX | _VERSION, _VERSION, *self.facts, 0, 0, 0, _ORDINARY_FILE, offset)
        return _CENTRAL.pack(b"PK\x01\x02", *about) + self.encoded_name


class Archive:
    """The zip of some files.

    Raises:
        TooLargeError: see there.
    """

    def __init__(self, files: Sequence[ArchiveFile]) -> None:
        self.files = files
        self._body = sum(_LOCAL.size + len(file.encoded_name) + file.size for file in files)
        self._directory = sum(_CENTRAL.size + len(file.encoded_name) for file in files)
        if len(files) > MOST_FILES or self._body + self._directory > MOST_BYTES:
            raise TooLargeError

    @property
    def size(self) -> int:
        """The number of bytes that ``stream`` gives."""
        return self._body + self._directory + _END.size

    def stream(self, contents: Iterable[bytes]) -> Iterator[bytes]:
        """The bytes of the zip, piece by piece.

        Args:
            contents: of each file, in order; taken one at a time.

        Raises:
            ChangedError: a content has not the size that was announced. What was sent is then too short, and
                the browser says that the download failed.
        """
        for file, content in zip(self.files, contents, strict=True):
            if len(content) != file.size:
                raise ChangedError(file.name)
            yield file.local_header()
            yield content
        yield self._closing()

    def _closing(self) -> bytes:
        parts, offset = [], 0
        for file in self.files:
            parts.append(file.central_header(offset))
            offset += _LOCAL.size + len(file.encoded_name) + file.size
        count = len(self.files)
        parts.append(_END.pack(b"PK\x05\x06", 0, 0, count, count, self._directory, self._body, 0))
        return b"".join(parts)
