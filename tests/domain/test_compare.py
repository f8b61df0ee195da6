"""Word by word: both texts can be read out of the comparison, and it takes no time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.blocks import blocks, said
from kimcms.domain.compare import Change, Piece, pairs, passages, pieces

OUT, IN, SAME = Change.OUT, Change.IN, Change.SAME
texts = st.text("ab \n.é", max_size=30)


def read(found: list[Piece], *kept: Change) -> str:
    return "".join(piece.text for piece in found if piece.change in kept)


def test_by_word() -> None:
    assert pieces("Warga RW 04 rapat.", "Warga RW 05 rapat di balai.") == [
        Piece(SAME, "Warga RW "),
        Piece(OUT, "04"),
        Piece(IN, "05"),
        Piece(SAME, " rapat"),
        Piece(IN, " di balai"),
        Piece(SAME, "."),
    ]


def test_changes_side_by_side_are_one_phrase() -> None:
    assert pieces("pagi buta itu", "siang bolong itu") == [
        Piece(OUT, "pagi buta "),
        Piece(IN, "siang bolong "),
        Piece(SAME, "itu"),
    ] or pieces("pagi buta itu", "siang bolong itu") == [
        Piece(OUT, "pagi buta"),
        Piece(IN, "siang bolong"),
        Piece(SAME, " itu"),
    ]


@given(texts, texts)
def test_both_texts_are_in_it(old: str, new: str) -> None:
    found = pieces(old, new)
    assert read(found, SAME, OUT) == old
    assert read(found, SAME, IN) == new


@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
def test_pairs_hold_both_in_order(old: list[str], new: list[str]) -> None:
    found = pairs(old, new)
    assert [left for left, _ in found if left is not None] == old
    assert [right for _, right in found if right is not None] == new
    assert (None, None) not in found


def test_a_changed_paragraph_finds_its_counterpart() -> None:
    old = ["Ketua RW membagi regu.", "Ibu-ibu menyiapkan teh hangat."]
    new = ["Pembukaan baru.", "Ketua RW membagi empat regu.", "Ibu-ibu menyiapkan teh."]
    assert pairs(old, new) == [(None, new[0]), (old[0], new[1]), (old[1], new[2])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            " ".join(f"k{n % 97}" for n in range(9_000)),
            " ".join(f"k{n * 7 % 97}" for n in range(9_000)),
        ),
        ("a " * 250, "a b " * 125),
        (
            " ".join(f"k{n % 19}" for n in range(230)),
            " ".join(f"k{n * 5 % 19}" for n in range(230)),
        ),
        ("a" * 64_000, "b" * 64_000),
        (". " * 32_000, ", " * 32_000),
    ],
)
def test_no_text_takes_long(old: str, new: str) -> None:
    began = time.process_time()
    pieces(old, new)
    pairs(old.split(), new.split())
    assert time.process_time() - began < 1


def test_blocks_are_the_text_again() -> None:
    html = (
        "<p>Satu &lt;b&gt; <strong>dua</strong><br>tiga</p><h2>Judul</h2><ul><li>a<ul><li>b</li>"
        '</ul></li></ul><hr><figure><img src="/media/3/480.webp" alt="Saluran &amp; air">'
        "<figcaption>Warga.</figcaption></figure><blockquote><p>x</p><p>y</p></blockquote>"
    )
    found = blocks(html)
    assert "".join(found) == html
    assert [block[:4] for block in found] == ["<p>S", "<h2>", "<ul>", "<hr>", "<fig", "<blo"]
    assert [said(block) for block in found] == [
        "Satu <b> dua\ntiga", "Judul", "a\nb", "* * *", "Saluran & air\nWarga.", "x\ny",
    ]  # fmt: skip
    assert blocks("") == []


def test_passages() -> None:
    old = "<p>Warga rapat.</p><p>Tetap.</p><hr>"
    new = "<p>Warga rapat di balai.</p><p><strong>Tetap.</strong></p>"
    found = passages(old, new)
    assert [piece.text for piece in found[0].pieces] == ["Warga rapat", " di balai", "."]
    assert [passage.reshaped for passage in found] == [False, True, False]
    assert found[2].pieces == (Piece(OUT, "* * *"),)
    assert all(passage.changed for passage in found)
    assert not any(passage.changed for passage in passages(old, old))
