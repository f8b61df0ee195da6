"""Files that come in pieces, in a folder of their own: nothing of them is served."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Iterable

from kimcms.domain.refusal import Refused
from kimcms.storage.files import FileStore


class PieceStore(FileStore):
    """Bytes are added in their order. What `length` counts has survived a power cut."""

    def length(self, key: str) -> int:
        """How much has come; 0 where nothing has."""
        try:
            return self.path(key).stat().st_size
        except FileNotFoundError:
            return 0

    def add(self, key: str, offset: int, chunks: Iterable[bytes], most: int) -> int:
        """Add bytes behind the first `offset` ones, and answer the new length.

        What came before `chunks` broke off is kept. Raises `Refused`: "upload_offset" where
        another number of bytes is here, "upload_busy" while somebody else adds, "upload_long"
        beyond `most`.
        """
        target = self.path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("upload_busy") from None
            length = os.fstat(file.fileno()).st_size
            if length != offset:
                raise Refused("upload_offset", length=length)
            try:
                for chunk in chunks:
                    if length + len(chunk) > most:
                        raise Refused("upload_long")
                    file.write(chunk)
                    length += len(chunk)
            finally:
                file.flush()
                os.fsync(file.fileno())
        return length

    def sweep(self, before: dt.datetime) -> None:
        """Take away what was last added to before an instant, whoever forgot it."""
        for path in self.root.glob("*/*"):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                path.unlink(missing_ok=True)
