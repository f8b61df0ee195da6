"""The picture of a shared link: its size, its weight, and words of any kind."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from kimcms.storage.cards import HEIGHT, MAX_BYTES, WIDTH, Card, _drawable, _fitted, _length, draw
from tests.world import picture

TITLES = {
    "short": "Banjir",
    "usual": "Warga RW 04 bersihkan saluran air menjelang musim hujan",
    "longest": "Panjang sekali judul berita ini " * 8,
    "one word": "Antidisestablishmentarianisme" * 8,
    "signs": "“Kopi” – dan déjà vu: 50% < 100 & Rp5.000,-",
    "emoji": "Selamat 🎉🎉 hari raya 🙏🏽",
    "only emoji": "🎉🎉🎉",
    "arabic": "مرحبا بكم في كل مكان",
    "chinese": "新闻 berita",
    "nothing": "",
    "control": "a\x00b\u202ec\u200bd",
}


@pytest.mark.parametrize("photo", [None, (1600, 1200), (300, 3000), (3000, 300)])
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_any_words_give_a_card(title: str, photo: tuple[int, int] | None) -> None:
    card = Card(title, "KIM Nukus", "Sukun, Kota Malang", "#17406d", photo and picture(*photo))
    data = draw(card)
    assert len(data) <= MAX_BYTES
    with Image.open(io.BytesIO(data)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (WIDTH, HEIGHT))
        assert drawn.getexif() == {}
    assert draw(card) == data


def test_a_noisy_photo_stays_below_the_limit() -> None:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 120).convert("RGB").save(out, "JPEG", quality=95)
    data = draw(Card(TITLES["usual"], "KIM Nukus", "Sukun", "#17406d", out.getvalue()))
    assert len(data) <= MAX_BYTES


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_no_line_leaves_its_column(title: str) -> None:
    size, lines = _fitted(_drawable(title), 500, 330)
    assert all(_length(line, size) <= 500 for line in lines)
    assert len(lines) * size <= 330


def test_signs_without_a_glyph_are_left_out() -> None:
    assert _drawable("Selamat 🎉 pagi") == "Selamat pagi"
    assert _drawable("déjà “vu” – 50%") == "deja “vu” - 50%"
    assert _drawable("新闻 berita") == "berita"
