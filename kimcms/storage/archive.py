"""One file that holds a whole city: a tar of tables as lines of JSON and of the stores' files.

Its last member, `manifest.json`, has the SHA-256 of every other one: a file without it is not
finished. With a recipient the tar is encrypted by age, which `age` itself can open too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyrage

MANIFEST = "manifest.json"
SUFFIX, SEALED = ".tar", ".tar.age"
FORMAT = 1
_CHUNK = 1 << 20


class Damaged(Exception):
    """The archive is not what was written; the text says where."""


class Writer:
    """Writes `target`, which is there as a whole when `finish` has returned, or not at all."""

    def __init__(self, target: Path, recipient: str = "") -> None:
        self.target = target
        self._recipient = recipient
        target.parent.mkdir(parents=True, exist_ok=True)
        self._part = target.with_name(f".{target.name}.part")
        self._sealed = self._part.with_suffix(".sealed")
        self._part.touch(mode=0o600)
        self._tar = tarfile.open(self._part, "w")  # noqa: SIM115 (closed by `finish` and `abandon`)
        self._hashes: dict[str, str] = {}

    def table(self, name: str, lines: Iterable[bytes]) -> int:
        """Add a table; how many rows it has."""
        count = 0
        with tempfile.TemporaryFile(dir=self.target.parent) as file:
            with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
                for line in lines:
                    packed.write(line)
                    count += 1
            self._add(_table(name), file)
        return count

    def file(self, name: str, path: Path) -> int:
        """Add a file; its size. FileNotFoundError where it went away meanwhile."""
        with path.open("rb") as file:
            return self._add(f"files/{name}", file)

    def finish(self, about: dict[str, Any]) -> Path:
        """Write the manifest, close, and encrypt where somebody is to receive it."""
        manifest = {"format": FORMAT, **about, "sha256": self._hashes}
        with tempfile.TemporaryFile() as file:
            file.write(json.dumps(manifest, indent=1).encode())
            self._add(MANIFEST, file)
        self._tar.close()
        if self._recipient:
            sealed = self._sealed
            sealed.touch(mode=0o600)
            recipient = pyrage.x25519.Recipient.from_str(self._recipient)
            pyrage.encrypt_file(str(self._part), str(sealed), [recipient])
            sealed.replace(self._part)
        self._part.replace(self.target)
        return self.target

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._tar.close()
        self._part.unlink(missing_ok=True)
        self._sealed.unlink(missing_ok=True)

    def _add(self, name: str, file: IO[bytes]) -> int:
        size = file.seek(0, 2)
        file.seek(0)
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        file.seek(0)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, file)
        if name != MANIFEST:
            self._hashes[name] = digest.hexdigest()
        return size


class Archive:
    """Reads what `Writer` wrote. Raises `Damaged` where that cannot be."""

    def __init__(self, path: Path, identity: str = "") -> None:
        self._file = _decrypted(path, identity) if path.name.endswith(SEALED) else path.open("rb")
        try:
            self._tar = tarfile.open(fileobj=self._file)  # noqa: SIM115 (`close` closes the file)
            self._members = {one.name: one for one in self._tar.getmembers()}
            self.manifest: dict[str, Any] = json.load(self._read(MANIFEST))
        except (tarfile.TarError, KeyError, ValueError, OSError) as problem:
            self.close()
            raise Damaged(f"it is not a finished backup ({problem})") from None
        if self.manifest.get("format") != FORMAT:
            self.close()
            raise Damaged("it was made by another version of this program")

    def check(self) -> int:
        """Read everything and compare; how many members are as they were written."""
        hashes: dict[str, str] = self.manifest["sha256"]
        there = set(self._members) - {MANIFEST}
        for name in sorted(hashes.keys() - there):
            raise Damaged(f"{name} is missing")
        for name in sorted(there - hashes.keys()):
            raise Damaged(f"{name} was put in")
        for name, wanted in hashes.items():
            digest = hashlib.sha256()
            file = self._read(name)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            if digest.hexdigest() != wanted:
                raise Damaged(f"{name} is not what was written")
        return len(hashes)

    def lines(self, table: str) -> Iterator[bytes]:
        """A table, line by line; nothing where the backup knows no such table."""
        if _table(table) not in self._members:
            return
        with gzip.GzipFile(fileobj=self._read(_table(table))) as unpacked:
            yield from unpacked

    def files(self) -> Iterator[tuple[str, bytes]]:
        """All files under their names, `<store>/<key>`."""
        for name in self._members:
            if name.startswith("files/"):
                yield name.removeprefix("files/"), self._read(name).read()

    def close(self) -> None:
        self._file.close()

    def _read(self, name: str) -> IO[bytes]:
        return cast("IO[bytes]", self._tar.extractfile(self._members[name]))


def _decrypted(path: Path, identity: str) -> IO[bytes]:
    """The plain archive, in a file that is gone when it is closed."""
    if not identity:
        raise Damaged("it is encrypted: name the file with the identity")
    plain = tempfile.NamedTemporaryFile(suffix=SUFFIX)  # noqa: SIM115
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
        pyrage.decrypt_file(str(path), plain.name, [key])
    except (pyrage.IdentityError, pyrage.DecryptError) as problem:
        plain.close()
        raise Damaged(f"it cannot be decrypted ({problem})") from None
    return cast("IO[bytes]", plain)


def _table(name: str) -> str:
    return f"tables/{name}.jsonl.gz"
