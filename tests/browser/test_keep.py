"""Never lose a text: what is written on a phone reaches the server once, whatever happens."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, expect

from kimcms.db import db
from kimcms.domain.workflow import TextState
from kimcms.models.account import SignIn
from kimcms.models.media import Media
from kimcms.services.articles import Edit, save
from tests.browser.conftest import no_findings
from tests.browser.rooms import (
    NEW,
    WORDS,
    Server,
    articles,
    put_photos,
    sign_in,
    state,
    submissions,
    text_of,
    until,
    write,
)
from tests.world import PASSWORD, City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def end_sign_ins(city: City) -> None:
    """As a change of the password on another device does."""
    with db.engine.begin() as connection:
        connection.execute(sa.update(SignIn).values(ended_at=city.now))


def test_written_offline_closed_and_sent_once(
    on_sqlite: City, server: Server, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    text_of(page)
    phone.set_offline(True)
    write(page, "Gang cabai RW 04", WORDS)
    page.get_by_label("Topik").select_option(label="Lingkungan")
    put_photos(page)
    state(page, "Tersimpan di HP, belum terkirim. Menunggu sambungan.")
    page.get_by_role("button", name="Kirim ke editor").dblclick()
    state(page, "Dikirim ke editor begitu ada sambungan.")
    no_findings(page)
    page.close()
    assert articles(on_sqlite) == []

    phone.set_offline(False)
    page = phone.new_page()
    page.goto(server.url("/"))
    [article] = until(
        on_sqlite, lambda all: [a.text_state for a in all] == [TextState.SUBMITTED], page
    )
    newest = article.newest
    assert newest
    assert newest.title == "Gang cabai RW 04"
    assert newest.body.startswith(f'<p>{WORDS}</p><figure><img src="/media/')
    assert "Gang yang ditanami." in newest.body
    assert (newest.photo_caption, newest.photo_id is not None) == ("Warga menanam.", True)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Media)) == 2
    assert submissions(on_sqlite) == 1
    expect(page.get_by_role("region", name="Hanya di HP ini")).to_be_hidden()


def test_killed_while_it_takes_a_text_in(
    on_sqlite: City, server: Server, phone: BrowserContext
) -> None:
    """What was carried out without an answer is not done twice; what was typed since follows."""
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    server.dies_at = "/berita/"
    write(page, "Server mati di tengah", WORDS)
    state(page, "Menunggu sambungan.")
    page.keyboard.type(" Lalu panen.")
    server.dies_at = "/simpan"
    until(on_sqlite, lambda all: len(all) == 1 and server.dies_at == "", page)
    page.keyboard.type(" Dan dijual.")
    whole = f"<p>{WORDS} Lalu panen. Dan dijual.</p>"
    until(on_sqlite, lambda all: bool(all[0].newest and all[0].newest.body == whole), page)
    assert len(articles(on_sqlite)) == 1
    state(page, "Tersimpan di server")
    # Pressed while the server is away, and the answer of the submission itself is lost.
    page.get_by_label("Topik").select_option(label="Lingkungan")
    server.dies_at = "/kirim"
    page.get_by_role("button", name="Kirim ke editor").click()
    state(page, "begitu ada sambungan")
    page.wait_for_url("**/berita/1")
    expect(page.locator("main")).to_contain_text("Dan dijual.")
    assert submissions(on_sqlite) == 1


def test_the_session_ends_in_the_middle(
    on_sqlite: City, server: Server, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    write(page, "Sesi habis", WORDS)
    state(page, "Tersimpan di server")
    address = page.url
    end_sign_ins(on_sqlite)
    page.keyboard.type(" Kalimat sesudahnya.")
    state(page, "Tersimpan di HP, belum terkirim. Sesi sudah berakhir.")
    no_findings(page)
    page.get_by_role("link", name="Masuk lagi").click()
    page.get_by_label("Surel atau nomor HP").fill("nukus.pewarta@contoh.test")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(address)
    expect(text_of(page)).to_have_text(f"{WORDS} Kalimat sesudahnya.")
    expect(page.get_by_text("Tulisan yang belum terkirim ada lagi.")).to_be_visible()
    no_findings(page)
    whole = f"<p>{WORDS} Kalimat sesudahnya.</p>"
    until(on_sqlite, lambda all: bool(all[0].newest and all[0].newest.body == whole), page)


def test_what_lies_on_a_phone_belongs_to_one_account(
    on_sqlite: City, server: Server, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    text_of(page)
    page.route("**/k/nukus/berita/", lambda route: route.abort())  # no way for texts
    write(page, "Rahasia pewarta", WORDS)
    state(page, "Menunggu sambungan.")
    end_sign_ins(on_sqlite)

    other = phone.new_page()
    sign_in(other, server, "nukus_editor")
    for path in ("/", "/k/nukus/berita/", NEW):
        other.goto(server.url(path))
        other.wait_for_timeout(500)
        assert "Rahasia" not in other.content()
        expect(other.get_by_text("Hanya di HP ini")).to_be_hidden()
    page.unroute("**/k/nukus/berita/")
    page.bring_to_front()
    page.keyboard.type(" Lagi.")
    state(page, "Akun lain sedang masuk di HP ini")
    assert articles(on_sqlite) == []
    # Signing out takes nothing of the other's away.
    other.get_by_role("button", name="Keluar").click()
    other.wait_for_url("**/masuk")
    page.close()

    sign_in(other, server)
    shelf = other.get_by_role("region", name="Hanya di HP ini")
    until(on_sqlite, lambda all: len(all) == 1, other)
    expect(shelf).to_be_hidden()
    other.goto(server.url(NEW))
    text_of(other)
    other.route("**/k/nukus/berita/", lambda route: route.abort())
    write(other, "Belum terkirim", WORDS)
    state(other, "Menunggu sambungan.")
    other.goto(server.url("/"))
    expect(shelf.get_by_role("link", name="Belum terkirim")).to_be_visible()
    no_findings(other)
    other.get_by_role("button", name="Keluar", exact=True).click()
    dialog = other.get_by_role("dialog", name="Keluar sekarang?")
    expect(dialog).to_contain_text("Ada 1 naskah yang belum terkirim.")
    no_findings(other)
    dialog.get_by_role("button", name="Batal").click()
    expect(shelf.get_by_role("link", name="Belum terkirim")).to_be_visible()
    other.get_by_role("button", name="Keluar", exact=True).click()
    dialog.get_by_role("button", name="Keluar dan hapus").click()
    other.wait_for_url("**/masuk")
    sign_in(other, server)
    other.wait_for_timeout(500)
    expect(shelf).to_be_hidden()
    assert len(articles(on_sqlite)) == 1


def test_reloaded_thrown_away_and_compared(
    on_sqlite: City, server: Server, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    text_of(page)
    phone.set_offline(True)
    write(page, "Akan dibuang", "Kalimat yang salah.")
    state(page, "Menunggu sambungan.")
    phone.set_offline(False)
    page.route("**/berita/", lambda route: route.abort())
    page.reload()
    expect(text_of(page)).to_have_text("Kalimat yang salah.")
    page.get_by_role("button", name="Buang").click()
    dialog = page.get_by_role("dialog", name="Buang tulisan di HP ini?")
    no_findings(page)
    dialog.get_by_role("button", name="Buang").click()
    expect(page.get_by_label("Judul", exact=True)).to_have_value("")
    expect(text_of(page)).to_have_text("")
    page.unroute("**/berita/")

    write(page, "Dua orang", WORDS)
    state(page, "Tersimpan di server")
    [article] = articles(on_sqlite)
    theirs = Edit(
        on_sqlite.draft(title="Dua orang", body="<p>Dari editor.</p>"),
        base_revision_id=article.newest_revision_id,
    )
    save(on_sqlite.actor("nukus_editor"), article, theirs, on_sqlite.now)
    page.keyboard.type(" Dari pewarta.")
    phone.set_offline(True)
    put_photos(page)
    state(page, "Menunggu sambungan.")
    phone.set_offline(False)
    seen = page.locator("[data-saved] [data-state]")
    expect(seen).to_contain_text("Orang lain menyimpan naskah ini selagi", timeout=30_000)
    no_findings(page)
    page.get_by_role("button", name="Bandingkan kedua naskah").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Naskah ini berubah")
    assert articles(on_sqlite)[0].newest.body == "<p>Dari editor.</p>"
    for mine in page.locator("input[type=radio][value=saya]").all():
        mine.check()
    page.get_by_role("button", name="Simpan gabungan").click()
    page.wait_for_url(f"**/berita/{article.id}/ubah")
    # What was put together is on the server, photos too; the phone has let go of its own.
    expect(text_of(page)).to_contain_text(f"{WORDS} Dari pewarta.")
    newest = articles(on_sqlite)[0].newest
    assert newest
    assert newest.photo_id
    assert '<figure><img src="/media/' in newest.body
    expect(page.get_by_text("Tulisan yang belum terkirim ada lagi.")).to_be_hidden()
    page.reload()
    expect(text_of(page)).to_contain_text(f"{WORDS} Dari pewarta.")
    expect(page.get_by_text("Tulisan yang belum terkirim ada lagi.")).to_be_hidden()
