"""What is read out of stored HTML."""

from __future__ import annotations

from kimcms.domain.html import image_ids, images_without_text, own_text, plain_text
from tests.domain.articles import clean


def test_plain_text_keeps_lines_and_leaves_captions_out():
    html = clean(
        "<h2>Judul</h2><p>a &amp; <b>b</b><br>c</p><blockquote><p>kutipan</p></blockquote>"
        "<figure><img src=/media/7/1.jpg alt=alt><figcaption>foto</figcaption></figure>"
        "<ul><li>d</li><li>e</li></ul>"
    )
    assert plain_text(html) == "Judul\na & b\nc\nkutipan\nd\ne"
    assert plain_text(html, captions=True) == "Judul\na & b\nc\nkutipan\nfoto\nd\ne"
    assert own_text(html) == "Judul\na & b\nc\nd\ne"


def test_photos_are_found_in_what_was_sent_and_in_what_is_stored():
    sent = (
        "<IMG alt='a > b' SRC='/media/12/480.webp'><img src=/media/7/1.jpg />"
        '<img src=/media/12/1.jpg><img data-src="/media/3/1.jpg">'
        '<a src="/media/4/1.jpg">/media/5/1.jpg</a><img src="/media/6x">'
    )
    assert image_ids(sent) == (12, 7)
    assert image_ids(clean(sent)) == (12, 7)
    assert image_ids(clean("<img src=/media/7/1.jpg alt=' src=/media/12/480.webp '>")) == (7,)


def test_photos_without_alternative_text_or_caption_are_named():
    def figure(number: int, alt: str, caption: str) -> str:
        below = f"<figcaption>{caption}</figcaption>"
        return f'<figure><img src="/media/{number}/1.jpg" alt="{alt}">{below}</figure>'

    assert images_without_text(clean(figure(7, "a", "b") + figure(12, "a", "b"))) == ()
    assert images_without_text(clean(figure(7, "", "b") + figure(12, "a", "b"))) == (7,)
    assert images_without_text(clean(figure(7, "a", "b") + figure(12, "a", " "))) == (12,)
    assert images_without_text(clean("<img src=/media/7/1.jpg alt=a>")) == (7,)
