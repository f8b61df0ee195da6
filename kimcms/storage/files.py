"""Files in a folder, under keys such as "12/345/960.webp"."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_KEY = re.compile(r"[a-z0-9][a-z0-9_./-]{0,199}")
_UNWRITTEN = ".part"


class FileStore:
    """Keeps bytes under keys below one folder.

    A reader sees a file whole or not at all, and what `put` returned from survives a power cut.
    A key that could name anything outside, or be spelt in two ways, is a ValueError.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Where the bytes of a key lie, whether or not they exist."""
        parts = key.split("/")
        if not _KEY.fullmatch(key) or any(part.strip(".") == "" for part in parts):
            raise ValueError("not a key of the store")
        if key.endswith(_UNWRITTEN):
            raise ValueError("a key may not look like an unfinished file")
        return self.root.joinpath(*parts)

    def put(self, key: str, data: bytes) -> None:
        """Store bytes, in place of what was there."""
        target = self.path(key)
        _make_folder(target.parent)
        handle, name = tempfile.mkstemp(suffix=_UNWRITTEN, dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(0o644)  # mkstemp's 0600 would keep a web server in front from reading
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)

    def open(self, key: str) -> BinaryIO:
        """A file to read from; FileNotFoundError where there is none."""
        return self.path(key).open("rb")

    def read(self, key: str) -> bytes:
        """The bytes; FileNotFoundError where there are none."""
        return self.path(key).read_bytes()

    def exists(self, key: str) -> bool:
        return self.path(key).is_file()

    def keys(self) -> Iterator[str]:
        """Every key that has bytes, in order."""
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and not path.name.endswith(_UNWRITTEN):
                yield path.relative_to(self.root).as_posix()

    def names(self, key: str) -> list[str]:
        """The names of the files directly below a key."""
        folder = self.path(key)
        found = folder.iterdir() if folder.is_dir() else ()
        return sorted(path.name for path in found if path.is_file())

    def delete(self, key: str) -> None:
        """Take the bytes away; to take away what is not there is no mistake."""
        target = self.path(key)
        if target.is_file():
            target.unlink(missing_ok=True)
            _sync_folder(target.parent)

    def delete_tree(self, key: str) -> None:
        """Take away everything below a key, such as all photos of one KIM."""
        shutil.rmtree(self.path(key), ignore_errors=True)


def _make_folder(folder: Path) -> None:
    """Make a folder so that it, too, survives a power cut."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        _sync_folder(each.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
