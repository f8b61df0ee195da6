"""The browser is killed on the phone, as an empty battery does it, while there is no connection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import BrowserContext, BrowserType, expect

from tests.browser.rooms import NEW, WORDS, Server, sign_in, state, text_of, until, write
from tests.world import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def kill(profile: Path) -> None:
    """Every process of the browser with this profile, at once."""
    mine = [
        one
        for one in psutil.process_iter(["cmdline"])
        if any(str(profile) in word for word in one.info["cmdline"] or ())
    ]
    assert mine
    for one in mine:
        one.kill()
    psutil.wait_procs(mine, timeout=10)


def test_the_words_are_there_again_and_arrive_once(
    on_sqlite: City,
    server: Server,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
) -> None:
    profile = tmp_path / "phone"

    def opened() -> BrowserContext:
        phone = browser_type.launch_persistent_context(
            profile,
            viewport={"width": 360, "height": 740},
            locale="id-ID",
            **browser_type_launch_args,
        )
        phone.set_default_timeout(15_000)
        return phone

    phone = opened()
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    text_of(page)
    phone.set_offline(True)
    write(page, "Baterai habis", WORDS)
    state(page, "Tersimpan di HP, belum terkirim.")
    kill(profile)

    phone = opened()
    try:
        page = phone.new_page()
        sign_in(page, server, path=NEW)  # the browser may not have written its cookies yet
        expect(text_of(page)).to_have_text(WORDS)
        expect(page.get_by_text("Tulisan yang belum terkirim ada lagi.")).to_be_visible()
        [article] = until(on_sqlite, lambda all: len(all) == 1, page)
        assert article.newest
        assert (article.newest.title, article.newest.body) == ("Baterai habis", f"<p>{WORDS}</p>")
    finally:
        phone.close()
