"""How alike two texts are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.likeness import fingerprint, share, shingles, words

WORDS = [f"kata{n}" for n in range(200)]
LONG = " ".join(WORDS)


def test_words_are_folded_and_doubled_words_are_one():
    assert words("Ibu-ibu PKK, RW 05: Jum'at_berkah!") == [
        "ibu-ibu", "pkk", "rw", "05", "jum'at", "berkah",
    ]  # fmt: skip


def test_a_short_text_is_one_shingle_and_no_text_none():
    assert shingles("Satu dua, TIGA") == {("satu", "dua", "tiga")}
    assert len(shingles("a b c d e f")) == 2
    assert shingles(" .,") == frozenset()


@pytest.mark.parametrize(
    ("new", "older", "expected"),
    [
        (LONG, LONG, 1.0),
        (LONG.upper().replace(" ", ",\n"), LONG, 1.0),
        ("", LONG, 0.0),
        (LONG, "", 0.0),
        ("satu dua", "satu dua", 1.0),
        ("satu dua", "satu dua tiga empat lima enam", 0.0),
        (" ".join(WORDS[::-1]), LONG, 0.0),
    ],
)
def test_shares(new, older, expected):
    assert share(new, older) == expected


def test_a_copy_out_of_a_long_text_is_a_copy_and_a_text_around_a_quotation_is_none():
    quoted = " ".join(WORDS[50:70])
    assert share(quoted, LONG) == 1.0
    assert share(LONG, quoted) == pytest.approx(16 / 196)


def test_one_changed_word_costs_five_shingles():
    changed = " ".join([*WORDS[:100], "lain", *WORDS[101:]])
    assert share(changed, LONG) == pytest.approx(1 - 5 / 196)


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.lists(st.sampled_from(WORDS), max_size=40))
def test_a_share_is_a_part_of_one(new, older):
    assert 0.0 <= share(" ".join(new), " ".join(older)) <= 1.0


def test_a_fingerprint_fits_a_signed_column_and_finds_a_copy():
    sample = fingerprint(LONG)
    assert all(-(2**63) <= value < 2**63 for value in sample)
    assert 10 < len(sample) < 110  # about one in four of 196
    copy = fingerprint(" ".join(WORDS[:150]))
    assert len(copy & sample) / len(copy) > 0.85
    assert fingerprint(LONG) == fingerprint(LONG.upper())


def test_a_text_always_has_a_fingerprint_and_no_text_none():
    assert all(fingerprint(word) for word in WORDS)
    assert fingerprint("") == frozenset()
