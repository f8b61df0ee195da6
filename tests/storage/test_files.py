"""The file store: whole files or none, and no key leads outside."""

from __future__ import annotations

import os

import pytest

from kimcms.storage.files import FileStore


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "media")


def test_what_is_put_is_there_until_it_is_deleted(store):
    assert not store.exists("1/2/480.webp")
    store.put("1/2/480.webp", b"a")
    assert store.exists("1/2/480.webp")
    assert store.read("1/2/480.webp") == b"a"
    with store.open("1/2/480.webp") as file:
        assert file.read() == b"a"
    store.delete("1/2/480.webp")
    store.delete("1/2/480.webp")
    assert not store.exists("1/2/480.webp")
    with pytest.raises(FileNotFoundError):
        store.read("1/2/480.webp")
    with pytest.raises(FileNotFoundError):
        store.open("1/2/480.webp")


def test_a_folder_is_no_file(store):
    store.put("1/2/480.webp", b"a")
    assert not store.exists("1/2")
    store.delete("1/2")
    assert store.exists("1/2/480.webp")


@pytest.mark.parametrize(
    "key",
    [
        "", "/", "/etc/passwd", "../x", "a/../b", "a/..", "a/./b", "a//b", "a/", ".hidden", "-x",
        "A", "a b", "a\\b", "a\x00b", "a\nb", "a\n", "é", "a" * 201, "c:x", "~/x", "a/...",
        "1/x.part",
    ],
)  # fmt: skip
def test_a_key_that_could_lead_elsewhere_is_an_error(store, key):
    for call in (store.path, store.read, store.open, store.exists, store.delete):
        with pytest.raises(ValueError, match="key"):
            call(key)
    with pytest.raises(ValueError, match="key"):
        store.put(key, b"x")
    assert not store.root.exists()


def test_a_reader_keeps_the_file_that_it_opened(store):
    store.put("a", b"old")
    with store.open("a") as file:
        store.put("a", b"new and longer")
        assert file.read() == b"old"
    assert store.read("a") == b"new and longer"


def test_bytes_are_on_disk_before_they_have_the_name(store, monkeypatch):
    store.put("1/a", b"old")
    order = []
    fsync, replace = os.fsync, os.replace

    def noting_fsync(descriptor):
        order.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")
        fsync(descriptor)

    def noting_replace(*args, **kwargs):
        order.append("name")
        return replace(*args, **kwargs)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(os, "replace", noting_replace)
    store.put("1/a", b"new")
    assert order == ["file", "name", "folder"]


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(store, monkeypatch):
    store.put("1/a", b"old")

    def full(*args):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        store.put("1/a", b"new")
    assert store.read("1/a") == b"old"
    assert [entry.name for entry in (store.root / "1").iterdir()] == ["a"]


def test_a_web_server_may_read_what_it_did_not_write(store):
    store.put("a", b"x")
    assert store.path("a").stat().st_mode & 0o777 == 0o644
