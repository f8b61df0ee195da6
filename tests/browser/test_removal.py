"""Taking an item from readers on a phone: withdrawn, its address in its place, and given back."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import no_findings
from tests.browser.rooms import Server, sign_in
from tests.world import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_withdrawn_seen_and_restored(
    on_sqlite: City, server: Server, phone: BrowserContext, quiet: list[str]
) -> None:
    article = on_sqlite.accept(on_sqlite.publish())
    on_sqlite.clock.forward(hours=1)
    desk, site = phone.new_page(), f"http://nukus.localhost:{server.port}"
    page = f"/k/nukus/berita/{article.id}"
    sign_in(desk, server, "moderator", page)
    desk.get_by_role("link", name="Sembunyikan sekarang").click()
    no_findings(desk)
    desk.goto(server.url(page))
    desk.get_by_role("link", name="Cabut dengan alasan").click()
    desk.get_by_role("button", name="Cabut berita ini").click()
    expect(desk.get_by_role("alert")).to_contain_text("Pilih satu sebab")
    expect(desk.get_by_role("alert")).to_contain_text("Beri centang dulu")
    no_findings(desk)
    desk.get_by_label("Melindungi data pribadi").check()
    desk.get_by_label("Penjelasan untuk pembaca").fill("Memuat nomor telepon warga.")
    desk.get_by_label("Saya sudah memeriksanya dan yakin").check()
    desk.get_by_role("button", name="Cabut berita ini").click()
    expect(desk.get_by_text("Berita dicabut.")).to_be_visible()

    answer = on_sqlite.site().get(f"/berita/{article.slug}")  # a browser complains of a 410
    assert answer.status_code == 410
    assert "Memuat nomor telepon warga." in answer.text
    assert "Warga RW 04" not in answer.text

    desk.get_by_role("link", name="Pulihkan berita").click()
    no_findings(desk)
    desk.get_by_label("Mengapa berita ini boleh tampil lagi").fill("Nomornya sudah dihapus.")
    desk.get_by_role("button", name="Pulihkan berita ini").click()
    expect(desk.get_by_text("Berita tampil kembali.")).to_be_visible()
    reader = phone.new_page()
    reader.goto(f"{site}/berita/{article.slug}")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Warga RW 04")
    desk.goto(server.url("/catatan/?jenis=berita"))
    expect(desk.get_by_text("Nomornya sudah dihapus.")).to_be_visible()
    no_findings(desk)
