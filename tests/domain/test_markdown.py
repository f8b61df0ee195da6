"""The plain text field: what is typed in it, and the way there and back."""

from __future__ import annotations

import pytest

from kimcms.domain.html import from_markdown, to_markdown
from tests.domain.articles import IMG_7, REL, STORED, clean


@pytest.mark.parametrize("html", STORED)
def test_stored_html_comes_back_as_it_was(html):
    assert clean(from_markdown(to_markdown(html))) == html


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Baris satu\nbaris dua\n\nAlinea", "<p>Baris satu<br>baris dua</p><p>Alinea</p>"),
        ("# Judul\n\n### Anak", "<h2>Judul</h2><h3>Anak</h3>"),
        ("    menjorok", "<p>menjorok</p>"),
        ("teks\n---\nlagi", "<p>teks</p><hr><p>lagi</p>"),
        ("- a\n- b\n\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"),
        ("| a | b |\n|---|---|", "<p>| a | b |<br>|---|---|</p>"),
        ("[x]: http://a", '<p>[x]: <a href="http://a" ' + REL + ">http://a</a></p>"),
        ("a <b>b</b> <!-- c --> `d`", "<p>a <strong>b</strong> &lt;!-- c --&gt; `d`</p>"),
        ("<script>alert(1)</script>\n\na", "<p>a</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![Warga](/media/7/300.webp)", f"<figure>{IMG_7.format('Warga')}</figure>"),
        (
            'a ![W](/media/7/300.webp "Panen") b',
            f"<p>a</p><figure>{IMG_7.format('W')}<figcaption>Panen</figcaption></figure><p>b</p>",
        ),
        ("![x](https://evil.example/x.gif)", ""),
        ('![x](/media/99/1.webp "foto")', ""),
    ],
)
def test_markdown_as_typed(typed, stored):
    assert clean(from_markdown(typed)) == stored


def test_the_textarea_stays_readable():
    html = (
        "<p>Sabtu (22/11), ibu-ibu PKK RW 05 panen 12 kg lele + kangkung & dijual Rp 5.000 - Rp"
        f' 10.000.</p><h2>Apa kata warga?</h2><p>"Alhamdulillah!" kata <strong>Bu Sri</strong>.'
        f'<br>Info: <a href="https://kim.id/a_b" {REL}>https://kim.id/a_b</a></p>'
    )
    assert to_markdown(clean(html)) == (
        "Sabtu (22/11), ibu-ibu PKK RW 05 panen 12 kg lele + kangkung & dijual Rp 5.000 - Rp"
        ' 10.000.\n\n## Apa kata warga?\n\n"Alhamdulillah!" kata **Bu Sri**.\n'
        "Info: <https://kim.id/a_b>"
    )
