"""The state of a kelurahan: one table, and it always sums to all of them."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.decrees import Decree, DecreeStatus
from kimcms.domain.policy import Policy
from kimcms.domain.register import Condition, Facts, condition, counts, since
from kimcms.domain.terms import Standing

OPENED, MOVED = dt.date(2025, 3, 3), dt.date(2026, 5, 4)
END = dt.date(2026, 6, 30)


def kim(
    standing: str | None = "2", status: str = "valid", *, suspended: bool = False, **more: object
) -> Facts:
    decree = DecreeStatus(status)
    none = decree is DecreeStatus.NONE
    return Facts(
        opened_on=OPENED,
        suspended_on=dt.date(2026, 11, 1) if suspended else None,
        standing=Standing(standing) if standing else None,
        standing_since=MOVED,
        decree=Decree(decree, None if none else status != "dead", end=None if none else END),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (None, "forming"),  # no KIM, or it was closed
        (kim(None, "none"), "forming"),
        (kim("forming", "none"), "forming"),
        (kim("new", "valid"), "new"),
        (kim("new", "grace"), "new"),  # whatever the decree does meanwhile
        (kim("new", "dead"), "new"),
        (kim("1"), "active"),
        (kim("2", "ending_soon"), "active"),
        (kim("3"), "active"),
        (kim("4", "valid"), "active"),  # an override: the decree is valid all the same
        (kim("2", "grace"), "grace"),
        (kim("2", "waiting"), "grace"),
        (kim("2", "waiting_diskominfo"), "grace"),
        (kim("2", "assumed_ended"), "grace"),  # warns and never kills
        (kim("4", "dead"), "dead"),
        (kim("1", "dead"), "dead"),  # an override shows 1, the decree is dead all the same
        (kim("1", suspended=True), "suspended"),
        (kim("4", "dead", suspended=True), "suspended"),
        (kim(None, "none", suspended=True), "suspended"),
    ],
)
def test_the_table(facts: Facts | None, expected: str) -> None:
    assert condition(facts) is Condition(expected)


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        (kim("1", suspended=True), dt.date(2026, 11, 1)),
        (kim("forming", "none"), OPENED),
        (kim("new"), MOVED),
        (kim("2", "grace"), dt.date(2026, 7, 1)),
        (kim("1", "dead"), dt.date(2026, 7, 31)),
        # Refused later than grace: the standing knows the day.
        (
            dataclasses.replace(kim("4", "dead"), standing_since=dt.date(2026, 9, 9)),
            dt.date(2026, 9, 9),
        ),
        (kim("2", placed_on=dt.date(2025, 6, 9)), dt.date(2025, 6, 9)),
        (
            kim("2", placed_on=dt.date(2025, 6, 9), verified_on=dt.date(2026, 1, 5)),
            dt.date(2026, 1, 5),
        ),
        (kim("2"), MOVED),
    ],
)
def test_since_when(facts: Facts, day: dt.date) -> None:
    assert since(Policy(), facts) == day


ANY = st.one_of(
    st.none(),
    st.builds(
        kim,
        st.sampled_from([None, *(s.value for s in Standing)]),
        st.sampled_from([s.value for s in DecreeStatus]),
        suspended=st.booleans(),
    ),
)


@given(st.lists(ANY, min_size=57, max_size=57))
def test_it_always_sums_to_57(kelurahan: list[Facts | None]) -> None:
    found = counts(condition(facts) for facts in kelurahan)
    assert sum(found.values()) == 57
    assert list(found) == list(Condition)
