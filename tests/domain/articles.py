"""Photos, and what may stand in stored HTML, for the tests of everything about article HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from bleach.html5lib_shim import BleachHTMLParser, getTreeWalker

from kimcms.domain.html import MAX_BYTES, Photo, clean_html
from kimcms.domain.refusal import Refused

PHOTOS = {
    7: Photo(7, 300, 200, (300,)),
    12: Photo(12, 4000, 3000, (480, 960, 1600)),
}
IMG_7 = (
    '<img src="/media/7/300.webp" srcset="/media/7/300.webp 300w"'
    ' sizes="(min-width: 45rem) 42rem, 100vw" width="300" height="200" alt="{}"'
    ' loading="lazy" decoding="async">'
)
REL = 'rel="nofollow ugc noopener"'

ALLOWED = {
    "p": set(), "br": set(), "h2": set(), "h3": set(), "strong": set(), "em": set(),
    "a": {"href", "rel"}, "ul": set(), "ol": set(), "li": set(), "blockquote": set(),
    "figure": set(), "figcaption": set(), "hr": set(),
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
}  # fmt: skip


def clean(source: str) -> str:
    return clean_html(source, PHOTOS)


class Inspector(HTMLParser):
    """Fails on everything that is not on the list."""

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        assert {name for name, _ in attrs} <= ALLOWED[tag], attrs
        values = dict(attrs)
        if tag == "a":
            assert re.match(r"(?:https?://|mailto:|tel:)", values["href"], re.IGNORECASE), values
        if tag == "img":
            assert re.fullmatch(r"/media/(7|12)/[0-9]+\.webp", values["src"]), values
            assert re.fullmatch(r"(?:/media/\d+/\d+\.webp \d+w(?:, )?)+", values["srcset"]), values

    def handle_comment(self, data):
        raise AssertionError("a comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(html: str) -> None:
    """For two unlike parsers: one that knows tokens only, one that repairs as a browser does."""
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    parser = BleachHTMLParser(
        tags=frozenset(ALLOWED), strip=False, consume_entities=True, namespaceHTMLElements=False
    )
    for token in getTreeWalker("etree")(parser.parseFragment(html)):
        if token["type"] in {"StartTag", "EmptyTag"}:
            assert token["name"] in ALLOWED, token
            assert {name for _, name in token["data"]} <= ALLOWED[token["name"]], token
        assert token["type"] != "Comment"


def refusal(call: Callable[..., object], *args: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args)
    return caught.value.code


def fill(piece: str, size: int = MAX_BYTES) -> str:
    return piece * (size // len(piece.encode()))


# One of each allowed element, in the form in which it is stored.
STORED = [
    "<p>Satu.</p><p>Dua.</p>",
    "<p>Satu<br>dua</p>",
    "<h2>Judul</h2><h3>Anak judul</h3>",
    "<p>Ada <strong>tebal</strong>, <em>miring</em> dan <strong><em>dua-duanya</em></strong>.</p>",
    "<p>a<strong>b</strong>c <em>(d)</em>e <strong>x</strong><em>y</em></p>",
    f'<p><a href="https://x.id/a?b=1&amp;c=2" {REL}>tautan</a></p>',
    f'<p><a href="https://x.id/a_b" {REL}>https://x.id/a_b</a></p>',
    f'<p>Hubungi! <a href="mailto:kim@x.id" {REL}>kami</a><a href="tel:+62341" {REL}>sini</a></p>',
    "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
    "<ul><li>a<p>b</p></li><li>c</li></ul><ul><li>d</li></ul>",
    "<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>",
    "<ul><li><hr></li></ul><p>a</p><hr><p>b</p>",
    "<blockquote><p>a</p><p>b</p></blockquote><blockquote><ul><li>c</li></ul></blockquote>",
    f"<figure>{IMG_7.format('Warga [RW 5] &amp; &quot;lurah&quot; *')}"
    '<figcaption>Panen "raya" \\ &amp;amp; <x></figcaption></figure>'.replace("<x>", "&lt;x&gt;"),
    f"<p>a</p><figure>{IMG_7.format('')}</figure><p>b</p>",
    f"<ul><li>a<figure>{IMG_7.format('x')}<figcaption>y</figcaption></figure></li></ul>",
    "<p>1. bukan daftar<br>- bukan juga<br># dan &gt; ini * _ini_ `x` [y](z) &lt;b&gt;</p>",
    "<p>snake_case &amp;copy; 5 &lt; 6 &lt;!-- x --&gt; ! \\ #</p><h2>Judul #</h2>",
]
