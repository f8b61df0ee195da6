"""Lines, addresses, words and excerpts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.html import own_text
from kimcms.domain.text import clean_line, excerpt, own_words, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Panen Raya Lele di RW 05", "panen-raya-lele-di-rw-05"),
        ("  Jum’at Berkah: ibu-ibu PKK & lansia!  ", "jumat-berkah-ibu-ibu-pkk-dan-lansia"),
        ("Stunting turun 14,5%", "stunting-turun-14-5-persen"),
        ("Café Ångström — straße Øre", "cafe-angstrom-strasse-ore"),
        ("½ jam № 7", "1-2-jam-no-7"),
        ("--- ../../etc/passwd\x00 ---", "etc-passwd"),
        ("北京 \u202e🎉", "berita"),
        ("", "berita"),
        ("...", "berita"),
    ],
)
def test_slugs(title, slug):
    assert slugify(title) == slug


def test_a_slug_is_cut_between_words_and_a_long_word_anywhere():
    assert slugify("satu dua tiga", 8) == "satu-dua"
    assert slugify("satu dua tiga", 9) == "satu-dua"
    assert slugify("satu dua tiga", 12) == "satu-dua"
    assert slugify("satu dua tiga", 13) == "satu-dua-tiga"
    assert slugify("x" * 200) == "x" * 80


@given(st.text(), st.integers(6, 100))
def test_every_slug_is_a_slug_and_its_own_slug(title, limit):
    slug = slugify(title, limit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= limit
    assert slugify(slug, limit) == slug


@given(st.text(), st.integers(1, 50))
def test_a_line_is_one_plain_line(value, limit):
    line = clean_line(value, limit)
    assert len(line) <= limit
    assert line == " ".join(line.split())
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)
    assert clean_line(line, limit) == line
    line.encode()


def test_a_line_keeps_what_is_text():
    assert (
        clean_line("  <b>RW\t05</b>\r\n&amp; 👨‍👩‍👧 \x00\ufeff", 99) == "<b>RW 05</b> &amp; 👨‍👩‍👧"
    )
    assert clean_line("satu dua", 5) == "satu"
    assert clean_line("abc\u202efdp.exe", 99) == "abcfdp.exe"


BODY = "Ibu-ibu PKK panen 12 kg lele."  # five words and the number


@pytest.mark.parametrize(
    "plain",
    [
        BODY,
        f"KIM Gerabah, Penanggungan - {BODY}",
        f"KIM Gerabah, Penanggungan — {BODY}\nPewarta: KIM Gerabah",
        f"{BODY}\npewarta : Sri (foto: Budi)\n",
    ],
)
def test_dateline_and_closing_line_are_not_own_words(plain):
    assert own_words(plain) == 6


def test_the_systems_own_dateline_and_closing_are_left_out_as_given():
    assert own_words(f"GERABAH: {BODY}\nSalam warga", "Gerabah:", "salam warga") == 6
    assert own_words(f"GERABAH: {BODY}\nSalam warga") == 9


def test_what_only_looks_like_a_dateline_or_closing_counts():
    assert own_words("KIM Gerabah hadir\nrapat - lancar") == 5
    assert own_words("Pewarta: hadir\nrapat lancar") == 4
    assert own_words("") == 0
    assert own_words("Pewarta: KIM Gerabah") == 0


def test_quotations_and_captions_are_not_own_text():
    html = (
        "<p>satu dua</p><blockquote><p>siaran</p><blockquote><p>pers</p></blockquote><ul><li>x"
        "</li></ul></blockquote><figure><figcaption>foto</figcaption></figure><p>tiga</p>"
    )
    assert own_text(html) == "satu dua\ntiga"


@pytest.mark.parametrize(
    ("limit", "cut"), [(99, "Satu dua, tiga."), (14, "Satu dua…"), (9, "Satu…"), (3, "Sa…")]
)
def test_excerpts_end_between_words(limit, cut):
    assert excerpt("Satu\n dua,  tiga.", limit) == cut


@given(st.text(), st.integers(1, 40))
def test_an_excerpt_never_exceeds_its_limit(plain, limit):
    assert len(excerpt(plain, limit)) <= limit
