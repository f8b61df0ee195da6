"""What is pasted from WhatsApp and Word comes out clean."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.rooms import NEW, Server, sign_in, text_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHAT = {
    "*Kerja bakti* _senam_ ~batal~": "<p><strong>Kerja bakti</strong> <em>senam</em> batal</p>",
    "5 * 3 * 2, nama_berkas_baru": "<p>5 * 3 * 2, nama_berkas_baru</p>",
    "[10:32, 24/11/2026] Bu Rini: Halo\n[10.33, 24/11/2026] Pak RT: Siap": "<p>Halo</p><p>Siap</p>",
    "24/11/26 10.32 - Bu Rini: Halo": "<p>Halo</p>",
    "[24/11/26, 10.32.05] +62 812-3456: Halo": "<p>Halo</p>",
    "Satu\ndua\n\ntiga": "<p>Satu<br>dua</p><p>tiga</p>",
    "- beras\n- gula": "<ul><li><p>beras</p></li><li><p>gula</p></li></ul>",
    "1. daftar\n2. datang": "<ol><li><p>daftar</p></li><li><p>datang</p></li></ol>",
    "<script>alert(1)</script> & *<b>*": (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <strong>&lt;b&gt;</strong></p>"
    ),
    "Pukul 10:30: mulai": "<p>Pukul 10:30: mulai</p>",
}
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p{mso-x:1}</style></head>
<body><!--StartFragment--><p class=MsoNormal style="mso-margin-top-alt:auto"><b>Warga</b>&nbsp;RW
04<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><![if !supportLists]><span
style="mso-list:Ignore">&middot;<span>&nbsp; </span></span><![endif]>Beras</p>
<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">&middot;
</span>Gula</p><!--EndFragment--></body></html>"""
CLEAN = (
    "<p><strong>Warga</strong> RW 04</p><ul><li><p>Beras</p></li><li><p>Gula</p></li></ul><p></p>"
)
CONVERT = """async ([path, texts]) => {
  const { fromChat } = await import(path);
  return texts.map((text) => fromChat(text));
}"""
PASTE = """(field, parts) => {
  const clipboardData = new DataTransfer();
  for (const [kind, text] of Object.entries(parts)) clipboardData.setData(kind, text);
  const how = { clipboardData, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", how));
}"""
HTML = "() => document.querySelector('textarea[name=isi]').value"


def test_pasted_text_comes_out_clean(server: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    field = text_of(page)
    source = page.locator("script[src*='desk/editor.js']").get_attribute("src") or ""
    module = source.replace("editor.js", "paste.js")
    assert page.evaluate(CONVERT, [module, list(CHAT)]) == list(CHAT.values())

    field.evaluate(PASTE, {"text/plain": "[10:32, 24/11/2026] Bu Rini: *Panen* raya\nbesok"})
    assert page.evaluate(HTML) == "<p><strong>Panen</strong> raya<br>besok</p>"
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    field.evaluate(PASTE, {"text/plain": "Warga RW 04", "text/html": WORD})
    assert page.evaluate(HTML) == CLEAN
    page.get_by_role("button", name="Urungkan").click()
    expect(field).to_have_text("")
    # What is only words goes the editor's own way, into the line where it was pasted.
    page.keyboard.type("Di ")
    field.evaluate(PASTE, {"text/plain": "Sukun"})
    assert page.evaluate(HTML) == "<p>Di Sukun</p>"
    expect(page.locator("[data-count]")).to_have_text("2 kata.")
