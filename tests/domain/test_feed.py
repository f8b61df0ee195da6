"""The city feed's first page: nobody three times in a row, newest first otherwise."""

from __future__ import annotations

from itertools import groupby, permutations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kimcms.domain.feed import RUN, fold, mix

pages = st.lists(st.integers(0, 4), max_size=20)
short = st.lists(st.integers(0, 2), max_size=6)


def laid(groups):
    """Items are (age, group), newest first, as they leave `mix`."""
    return mix(list(enumerate(groups)), lambda item: item[1])


def longest(items):
    return max((len(list(run)) for _, run in groupby(item[1] for item in items)), default=0)


def possible(groups):
    """n of one group need a gap of another after every RUN of them."""
    return all(groups.count(g) <= RUN * (len(groups) - groups.count(g) + 1) for g in set(groups))


@given(pages)
def test_it_is_the_same_items(groups):
    assert sorted(laid(groups)) == list(enumerate(groups))


@given(pages)
@example([0, 0, 0, 0, 1])
@example([1, 0, 0, 0, 0, 0, 0, 2])
@example([0] * 12 + [1] * 6)
def test_nobody_three_times_in_a_row_where_that_can_be(groups):
    assert (longest(laid(groups)) <= RUN) is possible(groups)


@given(pages)
def test_what_is_fine_stays(groups):
    items = list(enumerate(groups))
    if longest(items) <= RUN:
        assert laid(groups) == items


@given(pages)
def test_one_kims_items_stay_newest_first(groups):
    out = laid(groups)
    for group in set(groups):
        ages = [age for age, g in out if g == group]
        assert ages == sorted(ages)


@settings(max_examples=60, deadline=None)
@given(short)
@example([0, 0, 0, 0, 1])
@example([0, 1, 0, 0, 0, 0])
def test_each_place_has_the_newest_item_that_may_stand_there(groups):
    """Against every order there is: the first one, by age, that has no run of three."""
    items = list(enumerate(groups))
    if possible(groups):
        best = min(order for order in permutations(items) if longest(order) <= RUN)
        assert laid(groups) == list(best)


def test_a_flood_of_one_kim_is_spread():
    assert [g for _age, g in laid("aaaabc")] == list("aabaac")
    assert [g for _age, g in laid("abaaac")] == list("abaaca")


def test_a_group_keeps_its_share_and_the_rest_is_folded_under_the_last() -> None:
    items = [*"aaaaaaa", "b", "a"]
    numbered = list(enumerate(items))
    kept = fold(numbered, lambda item: item[1])
    assert [item[0] for item, _folded in kept] == [0, 1, 2, 3, 4, 7]
    assert {item[0]: [n for n, _ in folded] for item, folded in kept if folded} == {4: [5, 6, 8]}


def test_a_group_that_is_alone_is_not_folded() -> None:
    assert fold(list("aaaaaaaa"), str) == [("a", [])] * 8


@given(st.lists(st.sampled_from("abc"), max_size=20))
def test_folding_loses_nothing(groups: list[str]) -> None:
    numbered = list(enumerate(groups))
    kept = fold(numbered, lambda item: item[1])
    assert sorted(n for item, folded in kept for n, _ in [item, *folded]) == list(
        range(len(groups))
    )
    assert all(under[1] == item[1] for item, folded in kept for under in folded)
