"""The ledger's stored form and what a cut sees of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from kimcms.domain import codec
from kimcms.domain.clock import start_of
from kimcms.domain.ledger import (
    Answered,
    BaselineSet,
    Closed,
    Exposure,
    Ledger,
    Opened,
    Published,
    Reason,
    entry_from_row,
    is_open,
    row_of,
)
from kimcms.domain.policy import Policy, Timeline
from kimcms.domain.terms import Standing
from tests.domain.story import MONDAY, Story, at

NOW = at(MONDAY)
ENTRIES = [
    Opened(id=1, recorded_at=NOW, day=MONDAY),
    Published(id=2, recorded_at=NOW, article_id=7, public_at=NOW, credited=True),
    Exposure(id=3, recorded_at=NOW, article_id=7, at=NOW, shown=False, reason=Reason.LAW),
    Exposure(id=4, recorded_at=NOW, article_id=7, at=NOW, shown=False, until=NOW),
    BaselineSet(
        id=5, recorded_at=NOW, cluster=Standing.ONE, p=True, g=False, day=MONDAY, source="2021"
    ),
    Answered(id=6, recorded_at=NOW, to=Standing.TWO, opened=MONDAY, yes=False),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.KIND)
def test_an_entry_comes_back_from_its_row(entry):
    kind, data = row_of(entry)
    stored = json.loads(json.dumps(data))
    assert entry_from_row(entry.id, entry.recorded_at, kind, stored) == entry
    assert not {"id", "recorded_at"} & data.keys()


def test_a_row_of_unknown_kind_or_field_is_refused():
    with pytest.raises(KeyError):
        entry_from_row(1, NOW, "gossip", {})
    with pytest.raises(ValueError, match="mood"):
        entry_from_row(1, NOW, "opened", {"day": "2025-01-01", "mood": "good"})


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Opened(id=1, recorded_at=dt.datetime(2025, 1, 1), day=MONDAY)


def test_what_has_no_stored_form_is_refused():
    with pytest.raises(TypeError):
        codec.dump({1, 2})


def test_a_cut_sees_what_was_recorded_before_it_and_nothing_at_it():
    early, exact = start_of(MONDAY) - dt.timedelta(seconds=1), start_of(MONDAY)
    late = Opened(id=1, recorded_at=exact, day=MONDAY)
    seen = Opened(id=2, recorded_at=early, day=MONDAY)
    ledger = Ledger((late, seen))
    assert ledger.entries == (seen, late)
    assert ledger.up_to(exact).entries == (seen,)
    assert ledger.through(exact).entries == (seen, late)
    assert ledger.at(exact) == (late,)
    assert ledger.since(exact) == (late,)


def test_a_closed_kim_is_not_open_until_it_reopens():
    story = Story().opened()
    assert is_open(story.ledger)
    story.tell(Closed, MONDAY, day=MONDAY)
    assert not is_open(story.ledger)
    story.opened(dt.date(2026, 1, 1))
    assert is_open(story.ledger)


def test_a_policy_comes_back_from_its_record():
    policy = Policy(version=4, p_on=7, reminder_days=(30, 0))
    assert Policy.from_dict(json.loads(json.dumps(policy.as_dict()))) == policy
    assert Policy.from_dict({}) == Policy()
    with pytest.raises(ValueError, match="p_onn"):
        Policy.from_dict({"p_onn": 7})


@pytest.mark.parametrize(
    "numbers",
    [
        {"p_off": 7},
        {"p_on": 14},
        {"silent_off": 0},
        {"level_enough": 11},
        {"g_slack": 3},
        {"grace_days": 91},
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(numbers):
    with pytest.raises(ValueError, match=r"hold|rise"):
        Policy(**numbers)


def test_a_timeline_answers_by_the_day():
    later = dataclasses.replace(Policy(), version=2)
    timeline = Timeline(Policy(), ((MONDAY, later),))
    assert timeline.on(MONDAY - dt.timedelta(days=1)).version == 1
    assert timeline.on(MONDAY).version == 2
    with pytest.raises(ValueError, match="Mondays"):
        Timeline(Policy(), ((MONDAY + dt.timedelta(days=1), later),))
