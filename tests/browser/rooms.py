"""A newsroom in this process on a port of its own, and what a person does on its pages."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from kimcms.db import db
from kimcms.models.article import Article
from kimcms.models.event import Event
from tests.world import PASSWORD, City, picture

NEW = "/k/nukus/berita/baru"
WORDS = "Warga RW 04 menanam cabai di sepanjang gang."


class Server:
    """The app on one port, which can be killed in the middle and come back."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.port = 0
        self.dies_at = ""
        self.seconds = 0.0
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST":
            time.sleep(self.seconds)
        answer = self.app(environ, start)
        if self.dies_at and environ["PATH_INFO"].endswith(self.dies_at):
            self.dies_at = ""
            list(answer)  # carried out, and then nothing is said of it
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionError("killed")
        return answer

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self, threaded=True)
        self.port = self._server.port
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        assert self._server
        assert self._thread
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str) -> str:
        return f"http://redaksi.localhost:{self.port}{path}"


def sign_in(page: Page, server: Server, name: str = "nukus_pewarta", path: str = "/") -> None:
    page.goto(server.url(f"/masuk?lanjut={path}"))
    page.get_by_label("Surel atau nomor HP").fill(f"{name.replace('_', '.')}@contoh.test")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(server.url(path))


def text_of(page: Page) -> Locator:
    expect(page.get_by_role("toolbar")).to_be_visible(timeout=30_000)
    return page.get_by_role("textbox", name="Isi berita")


def write(page: Page, title: str, words: str) -> None:
    text = text_of(page)
    page.get_by_label("Judul", exact=True).fill(title)
    text.click()
    page.keyboard.insert_text(words)


def state(page: Page, *words: str) -> None:
    for one in words:
        expect(page.locator("[data-saved] [data-state]")).to_contain_text(one)


def articles(city: City) -> list[Article]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Article)))


def submissions(city: City) -> int:
    articles(city)
    return list(db.session.scalars(sa.select(Event.verb))).count("article.submit")


def until(city: City, true: Callable[[list[Article]], bool], page: Page) -> list[Article]:
    for _ in range(600):
        found = articles(city)
        if true(found):
            return found
        page.wait_for_timeout(100)
    pytest.fail(f"never so: {[(a.id, a.newest and a.newest.body) for a in articles(city)]}")


def put_photos(page: Page) -> None:
    """One within the text, and the main one."""
    photo = {"name": "gang.jpg", "mimeType": "image/jpeg", "buffer": picture(1200, 900)}
    page.get_by_role("button", name="Foto", exact=True).click()
    dialog = page.get_by_role("dialog", name="Foto di dalam teks")
    dialog.get_by_label("Pilih foto").set_input_files(photo)
    dialog.get_by_label("Keterangan").fill("Gang yang ditanami.")
    dialog.get_by_label("Teks pengganti").fill("Pot cabai berjajar.")
    dialog.get_by_role("button", name="Pasang").click()
    expect(dialog).to_be_hidden()
    page.get_by_label("Pilih foto").first.set_input_files(photo)
    page.get_by_label("Keterangan foto").fill("Warga menanam.")
    page.get_by_label("Teks pengganti foto").fill("Empat warga memegang bibit.")
