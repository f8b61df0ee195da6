"""The credit rule, at each of its edges."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.credit import Verdict, judge


def text(count: int, name: str = "kata") -> str:
    return " ".join(f"{name}{n}" for n in range(count))


def verdict(body: str, **changes) -> Verdict:
    facts = {"imported": False, "repost": False, "captioned_photo": False, "older": ()}
    return judge(text=body, **(facts | changes))


@pytest.mark.parametrize(
    ("count", "photo", "counts"),
    [(79, False, False), (80, False, True), (39, True, False), (40, True, True)],
)
def test_length(count, photo, counts):
    found = verdict(text(count), captioned_photo=photo)
    assert found.counts is counts
    assert (found.words, found.needed, found.photo) == (count, 40 if photo else 80, photo)
    assert found.reasons == (() if counts else ("too_short",))


def test_the_policys_numbers_are_taken_not_the_defaults():
    assert verdict(text(10), words_without=10).counts
    assert verdict(text(5), captioned_photo=True, words_with_photo=5, words_without=999).counts
    assert not verdict(text(90), older=[(1, text(90))], likeness_limit=1.0).counts
    assert verdict(text(90), older=[(1, text(89))], likeness_limit=1.0).counts


def test_dateline_and_closing_line_do_not_lengthen_a_text():
    body = f"KIM Gerabah, Penanggungan - {text(79)}\nPewarta: KIM Gerabah"
    assert verdict(body).words == 79
    assert verdict(f"Salam. {text(79)}\nTamat", dateline="Salam.", closing="Tamat").words == 79


@pytest.mark.parametrize("reason", ["imported", "repost"])
def test_what_was_not_written_here_never_counts(reason):
    found = verdict(text(500), captioned_photo=True, **{reason: True})
    assert not found.counts
    assert found.reasons == (reason,)


def alike(per_mille: int) -> str:
    """1,000 shingles, so many of which stand in text(1004): the front is copied."""
    shared = per_mille + 4 if per_mille else 0
    return f"{text(shared)} {text(1004 - shared, 'lain')}"


@pytest.mark.parametrize(("per_mille", "counts"), [(0, True), (849, True), (850, False)])
def test_likeness(per_mille, counts):
    found = verdict(alike(per_mille), older=[(3, text(1004)), (4, "tidak mirip")])
    assert found.counts is counts
    assert found.likeness == per_mille / 1000
    assert found.like_article_id == (3 if per_mille else None)
    assert found.reasons == (() if counts else ("too_alike",))


def test_the_likest_is_named_and_of_equals_the_first():
    older = [(9, text(100)), (5, text(100)), (2, text(50))]
    assert verdict(text(100), older=older).like_article_id == 5
    assert verdict(text(100), older=older[::-1]) == verdict(text(100), older=older)


def test_rounding_does_not_decide():
    # 1,699 of 2,000 shingles are 0.8495: below the limit, and stored as 850 or 849, never judged.
    new = f"{text(1703)} {text(301, 'lain')}"
    assert verdict(new, older=[(1, text(2004))]).counts


def test_every_reason_is_told_in_order():
    found = verdict("satu", imported=True, repost=True, older=[(1, "satu")])
    assert found.reasons == ("imported", "repost", "too_short", "too_alike")
    assert verdict("").reasons == ("too_short",)


@given(
    st.builds(
        Verdict,
        counts=st.booleans(),
        words=st.integers(0, 10_000),
        needed=st.sampled_from([40, 80]),
        photo=st.booleans(),
        likeness=st.integers(0, 1000).map(lambda n: n / 1000),
        like_article_id=st.none() | st.integers(1, 2**62),
        reasons=st.lists(st.sampled_from(["imported", "too_short"])).map(tuple),
    )
)
def test_a_verdict_survives_the_database(found):
    stored = json.loads(json.dumps(found.as_dict()))
    assert Verdict.from_dict(stored) == found
    assert isinstance(stored["likeness"], int)
