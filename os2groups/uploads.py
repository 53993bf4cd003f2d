"""How much of a file that is sent here is ever kept, wherever it is sent."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from charters.checking import LARGEST
from members.package import MAX_FILE

MOST = max(LARGEST, MAX_FILE) + 1  # one byte too many, by which a form sees that the file is too large


class BoundedUpload(FileUploadHandler):
    """Lets the beginning of a file through to the handlers after it, and drops the rest unseen.

    A form can only refuse a file that has been received; without this, anybody could fill the disk meanwhile.
    """

    passed = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.passed = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        part = raw_data[: MOST - self.passed]
        self.passed += len(part)
        return part or None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one have the file."""
