"""The pictures of the guide for the pewarta: its steps, done in a browser on a running city.

`make pictures` while `make run` runs beside it. They show the sample city and nothing else.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kimcms.seed.pictures import draw

PORT = os.environ.get("PORT", "8000")
INSTANCE = Path(os.environ.get("KIMCMS_INSTANCE", "instance"))
FOLDER = Path(__file__).parent / "gambar"
PHONE = {"width": 360, "height": 720}
NEWSROOM = f"http://redaksi.localhost:{PORT}"
TITLE = "Gang hijau RW 05 mulai ditanami cabai dan tomat"
WORDS = (
    "Warga RW 05 menanam bibit cabai dan tomat di tepi gang pada Minggu pagi. Bibit dibagikan "
    "kader PKK dari hasil semai di rumah masing-masing, lengkap dengan pupuk kompos dari bank "
    "sampah. Setiap rumah merawat lima polybag dan mencatat panennya di papan depan balai RW. "
    "Hasil panen pertama dipakai untuk dapur umum posyandu bulan depan."
)


def main() -> None:
    """Write, send, come back, mend, publish, read: as the guide says it."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        pewarta, editor = _somebody(browser, "pewarta"), _somebody(browser, "editor")
        _shot(pewarta, "beranda")
        _write(pewarta)
        address = pewarta.url
        _return(editor, address)
        _mend(pewarta, address)
        _publish(editor, address)
        browser.close()


def _somebody(browser: Browser, role: str) -> Page:
    """A phone of its own, signed in as the sample's pewarta or editor."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="id-ID")
    page = context.new_page()
    page.set_default_timeout(20_000)
    with (INSTANCE / "sample-accounts.csv").open(newline="") as file:
        row = next(r for r in csv.DictReader(file) if (r["kim"], r["role"]) == ("nukus", role))
    page.goto(f"{NEWSROOM}/masuk")
    page.get_by_label("Surel atau nomor HP").fill(row["sign-in"])
    page.get_by_label("Kata sandi").fill(row["password"])
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"{NEWSROOM}/")
    return page


def _write(page: Page) -> None:
    page.get_by_role("link", name="Tulis berita").first.click()
    page.get_by_label("Judul", exact=True).fill(TITLE)
    page.get_by_role("textbox", name="Isi berita").click()
    page.keyboard.insert_text(WORDS)
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan di server")
    _shot(page, "menulis")
    page.get_by_label("Topik").select_option(label="Lingkungan")
    page.get_by_label("Ringkasan").fill("Setiap rumah di gang itu merawat lima polybag.")
    page.get_by_label("Pilih foto").first.set_input_files(
        {"name": "gang.jpg", "mimeType": "image/jpeg", "buffer": draw("kebun-polybag")}
    )
    page.get_by_label("Keterangan foto", exact=True).fill("Warga menata polybag di tepi gang.")
    page.get_by_label("Teks pengganti foto", exact=True).fill("Deretan polybag di tepi gang.")
    page.get_by_role("heading", name="Sebelum terbit").scroll_into_view_if_needed()
    _shot(page, "sebelum-terbit")
    page.get_by_role("button", name="Kirim ke editor").first.click()
    expect(page.get_by_text("Menunggu editor").first).to_be_visible()
    _shot(page, "terkirim")


def _return(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("Kembalikan ke penulis").click()
    page.locator("[name=catatan]").first.fill("Tambahkan jumlah rumah yang ikut.")
    _shot(page, "kembalikan")
    page.get_by_role("button", name="Kembalikan dengan catatan ini").click()
    expect(page.get_by_text("Naskah dikembalikan kepada penulis.")).to_be_visible()


def _mend(page: Page, address: str) -> None:
    page.goto(f"{NEWSROOM}/")
    _shot(page, "dikembalikan")
    page.locator(f"a[href='{address.removeprefix(NEWSROOM)}']").first.click()
    page.get_by_role("link", name="Perbaiki dan kirim lagi").click()
    page.get_by_role("textbox", name="Isi berita").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" Dua puluh empat rumah ikut menanam.")
    page.get_by_role("button", name="Kirim ke editor").first.click()
    expect(page.get_by_text("Menunggu editor").first).to_be_visible()


def _publish(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Periksa, lalu terbitkan").click()
    expect(page.get_by_role("heading", name="Sebelum terbit")).to_be_visible()
    _shot(page, "periksa")
    page.get_by_role("button", name="Terbitkan sekarang").click()
    expect(page.get_by_text("Terbit.", exact=True)).to_be_visible()
    page.goto(f"http://nukus.localhost:{PORT}/")
    page.get_by_role("link", name=TITLE).first.click()
    _shot(page, "terbit")


def _shot(page: Page, name: str) -> None:
    """The screen as it stands, in half the bytes of a PNG."""
    raw = page.screenshot()
    Image.open(io.BytesIO(raw)).save(FOLDER / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
