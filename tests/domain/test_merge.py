"""Two texts become one: nothing vanishes that nobody chose against."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.attachments import Attachment
from kimcms.domain.draft import Draft
from kimcms.domain.merge import Part, Pick, choose, merge, suggested, two

P = [f"<p>Paragraf {n} tentang {w}.</p>" for n, w in enumerate(["air", "sampah", "teh", "rembug"])]
MINE, THEIRS, BOTH = Pick.MINE, Pick.THEIRS, Pick.BOTH

paragraphs = st.lists(
    st.sampled_from(["<p>a b c</p>", "<p>a b d</p>", "<p>x</p>", "<hr>", "<p>a b c e f</p>"])
    | st.text("ab ", max_size=8),
    max_size=8,
)


def all_of(parts: list[Part], pick: Pick) -> list[str]:
    return choose(parts, dict.fromkeys(range(len(parts)), pick))


def differing(parts: list[Part]) -> list[Part]:
    return [part for part in parts if part.differs]


def test_each_changed_another_paragraph() -> None:
    mine = [P[0], "<p>Paragraf 1 tentang sampah plastik.</p>", P[2], P[3]]
    theirs = [P[0], P[1], "<p>Paragraf 2 tentang teh hangat.</p>", P[3]]
    parts = merge(P, mine, theirs)
    assert [part.suggested for part in differing(parts)] == [MINE, THEIRS]
    assert choose(parts, {}) == [P[0], mine[1], theirs[2], P[3]]
    assert choose(parts, {0: THEIRS}) == theirs
    # Unchanged paragraphs stand once.
    assert [part.mine for part in parts if not part.differs] == [(P[0],), (P[3],)]


def test_both_changed_the_same_paragraph() -> None:
    mine = ["<p>Paragraf 0 tentang air bersih.</p>", *P[1:]]
    theirs = ["<p>Paragraf 0 tentang air kotor.</p>", *P[1:]]
    parts = merge(P, mine, theirs)
    (part,) = differing(parts)
    assert part.suggested is None
    assert choose(parts, {}) == [mine[0], theirs[0], *P[1:]]
    assert choose(parts, {0: MINE}) == mine
    assert choose(parts, {0: BOTH}) == choose(parts, {})


def test_one_took_out_what_the_other_changed() -> None:
    theirs = [P[0], "<p>Paragraf 1 tentang sampah basah.</p>", *P[2:]]
    parts = merge(P, [P[0], *P[2:]], theirs)
    (part,) = differing(parts)
    assert (part.mine, part.suggested) == ((), None)
    assert choose(parts, {}) == theirs


def test_both_added_at_the_end() -> None:
    parts = merge(P, [*P, "<p>Dari saya.</p>"], [*P, "<p>Dari mereka.</p>"])
    assert [part.suggested for part in differing(parts)] == [BOTH]
    assert choose(parts, {}) == [*P, "<p>Dari saya.</p>", "<p>Dari mereka.</p>"]


def test_both_did_the_same() -> None:
    same = [P[0], P[2], "<p>Baru.</p>"]
    assert differing(merge(P, same, same)) == []


def test_without_a_base_nothing_is_suggested() -> None:
    parts = merge(None, P, [*P[:3], "<p>Lain.</p>"])
    assert [part.suggested for part in differing(parts)] == [None]


@given(paragraphs, paragraphs, paragraphs)
def test_each_side_can_be_had_whole(base: list[str], mine: list[str], theirs: list[str]) -> None:
    for common in (base, None):
        parts = merge(common, mine, theirs)
        assert all_of(parts, MINE) == mine
        assert all_of(parts, THEIRS) == theirs


@given(paragraphs, paragraphs, paragraphs)
def test_nothing_vanishes_that_was_not_chosen_against(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    both = Counter(all_of(merge(base, mine, theirs), BOTH))
    assert both >= Counter(mine)
    assert both >= Counter(theirs)


@given(paragraphs, paragraphs, paragraphs)
def test_what_one_side_wrote_stands_unless_the_other_side_took_it_out(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    """With nothing but the suggestions, what is new on a side is in the result."""
    merged = set(choose(merge(base, mine, theirs), {}))
    assert (set(mine) | set(theirs)) - set(base) <= merged


@given(paragraphs, paragraphs)
def test_where_one_side_changed_nothing_the_other_is_suggested(
    base: list[str], side: list[str]
) -> None:
    assert choose(merge(base, side, base), {}) == side
    assert choose(merge(base, base, side), {}) == side


def test_values() -> None:
    assert suggested("a", "a", "b") is THEIRS
    assert suggested("a", "b", "a") is MINE
    assert suggested("a", "b", "c") is None


def test_fields_besides_the_text() -> None:
    form, map_ = Attachment(1, "Formulir"), Attachment(2, "Denah")
    base = Draft(title="Judul", body="", lead="Ringkas", attachments=(form,))
    mine = replace(base, title="Judul saya", lead="Ringkas saya", attachments=())
    theirs = replace(base, lead="Ringkas mereka", category_id=3, attachments=(form, map_))
    both = two(base, mine, theirs)
    found = {field.name: (field.suggested, field.both) for field in both.fields}
    assert found == {
        "title": (MINE, "Judul saya / Judul"),
        "lead": (None, "Ringkas saya / Ringkas mereka"),
        "category_id": (THEIRS, None),
        "attachments": (None, None),
    }
    assert both.undecided == ["lead", "attachments"]
    merged = both.merged({"lead": BOTH, "attachments": THEIRS, "9": MINE, "x": MINE})
    assert (merged.title, merged.lead, merged.category_id, merged.attachments) == (
        "Judul saya", "Ringkas saya / Ringkas mereka", 3, (form, map_),
    )  # fmt: skip
    added = two(None, replace(mine, attachments=(map_,)), replace(base, attachments=(form,)))
    (files,) = [field for field in added.fields if field.name == "attachments"]
    assert files.both == (map_, form)
