"""The edge cases of the cluster rule, one named test each."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from kimcms.domain import clusters, decrees, publishing
from kimcms.domain.assessments import Tag, to_json
from kimcms.domain.cases import CaseKind
from kimcms.domain.clock import DAY, WEEK, start_of, week_of
from kimcms.domain.decrees import DecreeStatus
from kimcms.domain.ledger import (
    Answered,
    Closed,
    EvidenceVerified,
    Exposure,
    Ledger,
    OverrideApproved,
    Proof,
    Published,
    Reason,
    RestWeek,
    entry_from_row,
    row_of,
)
from kimcms.domain.policy import Policy, Timeline
from kimcms.domain.refusal import Refused
from kimcms.domain.standing import Why
from kimcms.domain.terms import Standing
from tests.domain.story import FAR, MONDAY, Story, at, day, settled

NEW = Standing.NEW
ONE, TWO, THREE, FOUR = Standing.ONE, Standing.TWO, Standing.THREE, Standing.FOUR
POLICY = Policy()
HOUR = dt.timedelta(hours=1)


def filled(story, monday=MONDAY):
    ledger = story.ledger.up_to(start_of(monday))
    p = publishing.read(POLICY, ledger, monday, was_on=False, day_one=dt.date(2020, 1, 1))
    return {box.monday for box in p.boxes if box.filled}


def test_a_decree_that_ends_today_is_valid_all_day_and_tomorrow_in_grace():
    story = Story().opened().decree(MONDAY)
    today, tomorrow = (decrees.read(POLICY, story.ledger, MONDAY + n * DAY) for n in (0, 1))
    assert (today.status, tomorrow.status) == (DecreeStatus.ENDING_SOON, DecreeStatus.GRACE)
    assert today.alive
    assert tomorrow.alive


def test_the_week_turns_at_17_hours_utc():
    before = dt.datetime(2025, 3, 2, 16, 59, tzinfo=dt.UTC)
    after = dt.datetime(2025, 3, 2, 17, 0, tzinfo=dt.UTC)
    assert (week_of(before), week_of(after)) == (day("2025-02-24"), day("2025-03-03"))
    story = Story()
    story.article(before)
    story.article(after)
    assert filled(story, day("2025-03-03")) == {day("2025-02-24")}
    assert filled(story, day("2025-03-10")) == {day("2025-02-24"), day("2025-03-03")}


def test_500_imported_posts_in_one_evening_give_no_credit():
    story = Story()
    for number in range(500):
        story.article(at(MONDAY - DAY, 19) + number * dt.timedelta(seconds=20), credited=False)
    assert filled(story) == set()


def test_a_backdated_article_has_credit_at_its_real_first_publication():
    story = Story()
    story.article(at(MONDAY - 5 * WEEK), told=at(MONDAY - DAY))
    assert filled(story) == {MONDAY - WEEK}


def test_a_scheduled_article_has_credit_in_the_week_of_its_hour():
    story = Story()
    story.article(at(MONDAY - 2 * DAY), told=at(MONDAY - 20 * DAY))
    assert filled(story, MONDAY - WEEK) == set()
    assert filled(story) == {MONDAY - WEEK}


@pytest.mark.parametrize(("hour", "stands"), [(71, False), (73, True)])
def test_unpublished_at_hour_71_or_73(hour, stands):
    story = Story()
    article = story.article(at(MONDAY - 5 * DAY))
    story.away(article, at(MONDAY - 5 * DAY) + hour * HOUR)
    assert (filled(story) == {MONDAY - WEEK}) is stands


def test_published_again_gives_no_second_credit():
    story = Story()
    article = story.article(at(MONDAY - 9 * DAY))
    story.away(article, at(MONDAY - 8 * DAY)).back(article, at(MONDAY - 2 * DAY))
    assert filled(story) == {MONDAY - 2 * WEEK}


def test_two_rest_weeks_one_with_a_publication():
    story = Story().weeks(2)
    for back in (2, 3):
        story.tell(RestWeek, MONDAY - DAY, monday=MONDAY - back * WEEK, city=True)
    p = publishing.read(POLICY, story.ledger, MONDAY, was_on=False, day_one=dt.date(2020, 1, 1))
    mondays = [box.monday for box in p.boxes]
    assert MONDAY - 2 * WEEK in mondays
    assert MONDAY - 3 * WEEK not in mondays
    assert mondays[-1] == MONDAY - 14 * WEEK


def test_a_silent_run_across_rest_weeks_takes_longer_to_end_p():
    story = Story().opened().decree().weeks(*range(8, 14))
    for back in (3, 4):
        story.tell(RestWeek, MONDAY - DAY, monday=MONDAY - back * WEEK, city=True)
    state = settled(TWO, MONDAY - WEEK, g=False)
    ahead = clusters.forecast(POLICY, story.ledger, state)
    # 7 silent weeks at MONDAY, two of them rest: 5 boxes, so P lives until 3 more are empty.
    assert ahead.p_off == MONDAY + 3 * WEEK


def dead_with_p_and_g(verified):
    story = Story().opened().decree(MONDAY - 60 * DAY).weeks(*range(-2, 14)).organised()
    return story.decree(FAR, MONDAY, told=verified, decree_id=2)


def test_missed_evaluations_made_up_on_a_thursday_after_a_verification_on_tuesday():
    tuesday, thursday = MONDAY + DAY, MONDAY + 3 * DAY
    story = dead_with_p_and_g(tuesday)
    state = settled(FOUR, MONDAY - 2 * WEEK)
    late = clusters.advance(POLICY, story.ledger, state, at(thursday))
    # Each Monday has its own cut: neither saw the verification, the Tuesday still moved it.
    assert [(a.monday, a.official) for a in late.assessments] == [
        (MONDAY - WEEK, FOUR),
        (MONDAY, FOUR),
    ]
    assert [(c.day, c.to) for c in late.changes] == [(tuesday, TWO)]
    # The same as if every run had been in time.
    step = clusters.advance(POLICY, story.ledger, state, start_of(MONDAY - WEEK) + 2 * HOUR)
    written = list(step.assessments)
    for moment in (start_of(MONDAY) + 2 * HOUR, at(tuesday), at(thursday)):
        step = clusters.advance(POLICY, story.ledger.through(moment), step.state, moment)
        written += step.assessments
    assert [to_json(a) for a in written] == [to_json(a) for a in late.assessments]
    assert step.state == late.state


def test_a_verification_before_the_mondays_run_acts_that_day_and_is_not_undone():
    story = dead_with_p_and_g(at(MONDAY, 0, 30))
    step = clusters.advance(POLICY, story.ledger, settled(FOUR), at(MONDAY, 2))
    assert step.assessments[-1].official is FOUR
    assert (step.state.official, step.state.since) == (TWO, MONDAY)


def test_a_policy_is_switched_in_the_middle():
    strict = Policy(version=2, p_on=9, p_off=8)
    policies = Timeline(POLICY, ((MONDAY, strict),))
    story = Story().opened().decree().weeks(*range(2, 9))
    state = settled(THREE, MONDAY - 2 * WEEK, p=False, g=False)
    step = clusters.advance(policies, story.ledger, state, start_of(MONDAY + WEEK))
    assert [(a.policy_version, a.publishing.on_limit) for a in step.assessments] == [
        (1, 6),
        (2, 9),
        (2, 9),
    ]
    # P carries over and is then held against the new limit to stay.
    assert [a.official for a in step.assessments] == [TWO, THREE, THREE]


def test_days_before_a_switch_are_worked_off_with_the_policy_of_their_day():
    policies = Timeline(POLICY, ((MONDAY, Policy(version=2, grace_days=60)),))
    story = Story().opened().decree(MONDAY - 34 * DAY).weeks(*range(1, 14))
    step = clusters.advance(policies, story.ledger, settled(TWO, g=False), start_of(MONDAY))
    assert [(c.day, c.to) for c in step.changes] == [(MONDAY - 3 * DAY, FOUR), (MONDAY, TWO)]


def test_a_clock_set_back_is_refused():
    story = Story().opened().decree()
    state = clusters.daily(POLICY, story.ledger, settled(TWO), at(MONDAY - DAY)).state
    with pytest.raises(Refused, match="clock_back"):
        clusters.daily(POLICY, story.ledger, state, at(MONDAY - DAY, 9))
    with pytest.raises(Refused, match="evaluation_order"):
        clusters.evaluate(POLICY, story.ledger, settled(TWO, MONDAY), MONDAY)


@pytest.mark.parametrize(("number", "standing"), [(84, NEW), (90, NEW), (91, THREE), (97, THREE)])
def test_a_new_kim_on_day_90_and_91(number, standing):
    day_one = MONDAY - (number - 1) * DAY
    story = Story().opened(day_one).decree(FAR, day_one)
    found = clusters.evaluate(POLICY, story.ledger, None, MONDAY)
    assert (found.day_one, found.official) == (day_one, standing)


def test_a_renewal_does_not_make_it_new():
    story = Story().opened().decree(MONDAY + 20 * DAY).weeks(*range(0, 14))
    story.decree(FAR, MONDAY, told=MONDAY + DAY, decree_id=2)
    step = clusters.advance(POLICY, story.ledger, settled(TWO, g=False), at(MONDAY + 8 * DAY))
    assert step.changes == ()
    assert step.assessments[-1].decree.decree_id == 2
    assert step.assessments[-1].day_one == day("2024-01-01")


def test_cluster_4_with_a_decree_verified_on_a_wednesday_with_p_and_g():
    wednesday = MONDAY + 2 * DAY
    story = dead_with_p_and_g(wednesday)
    found = clusters.evaluate(POLICY, story.ledger, settled(FOUR), MONDAY)
    assert found.tags == (Tag.STILL_ACTIVE,)
    step = clusters.daily(POLICY, story.ledger, found.state, at(wednesday))
    assert [(c.day, c.to, c.why) for c in step.changes] == [(wednesday, TWO, Why.DECREE_VERIFIED)]
    assert [(c.kind, c.to, c.opened, c.due) for c in step.cases] == [
        (CaseKind.RISE, ONE, wednesday, None)
    ]
    story.tell(Answered, MONDAY + 4 * DAY, to=ONE, opened=wednesday, yes=True)
    step = clusters.advance(POLICY, story.ledger, found.state, start_of(MONDAY + WEEK))
    assert step.assessments[-1].official is ONE


def test_in_january_last_years_programme_still_serves():
    story = Story().opened().decree().proof(Proof.BOARD, day("2025-06-02"))
    story.proof(Proof.PROGRAMME, day("2025-02-10"))
    story.weeks(*range(1, 14), before=day("2026-01-05"))
    found = clusters.evaluate(
        POLICY, story.ledger, settled(TWO, day("2025-12-29"), g=False), day("2026-01-05")
    )
    assert found.organisation.on


def test_an_override_while_the_decree_dies():
    dies = MONDAY + 2 * DAY
    story = Story().opened().decree(dies - 31 * DAY).weeks(*range(-20, 14))
    story.tell(OverrideApproved, MONDAY, to=TWO)
    step = clusters.advance(POLICY, story.ledger, settled(TWO, g=False), at(dies))
    assert (step.state.official, step.state.ruled) == (TWO, FOUR)
    step = clusters.advance(POLICY, story.ledger, step.state, at(MONDAY + 90 * DAY, 0))
    assert (step.state.official, step.state.since) == (FOUR, MONDAY + 90 * DAY)


def test_two_kims_merge_into_the_union_of_their_weeks():
    survivor = Story().opened().decree(day("2026-12-31")).weeks(1, 3, 5)
    other = Story().opened(day("2023-01-01")).decree(FAR, day("2023-01-01")).organised()
    other.weeks(2, 3, 4, 6)
    gone = other.article(at(MONDAY - 7 * WEEK))
    other.away(gone, at(MONDAY - 7 * WEEK, 12), Reason.FALSE)
    merged = at(MONDAY - DAY)
    rows = publishing.takeover(other.ledger, from_kim=2)
    moved = [
        entry_from_row(100 + n, merged, kind, json.loads(json.dumps(data)))
        for n, (kind, data) in enumerate(rows)
    ]
    ledger = Ledger((*survivor.ledger.entries, *moved))
    state = settled(THREE, MONDAY - WEEK, p=False, g=False)
    found = clusters.evaluate(POLICY, ledger, state, MONDAY)
    weeks = [n for n, box in enumerate(found.publishing.boxes, 1) if box.filled]
    assert weeks == [1, 2, 3, 4, 5, 6]
    assert (found.day_one, found.decree.end) == (day("2024-01-01"), day("2026-12-31"))
    assert (found.organisation.on, found.official) == (False, TWO)
    # A brought article that is found to be copied afterwards ends its week.
    _, article, *_ = (e.article_id for e in moved if isinstance(e, Published))
    hidden = Exposure(
        id=200,
        recorded_at=merged + HOUR,
        article_id=article,
        at=merged + HOUR,
        shown=False,
        reason=Reason.COPIED,
    )
    again = clusters.evaluate(POLICY, Ledger((*ledger.entries, hidden)), state, MONDAY)
    assert again.publishing.filled == 5


def test_the_absorbed_kim_is_not_evaluated_any_more():
    story = Story().opened().decree().tell(Closed, MONDAY - DAY, day=MONDAY - DAY, merged_into=1)
    assert clusters.replay(POLICY, story.ledger, MONDAY + WEEK, settled(TWO)) == ()


def test_an_article_deleted_by_law_leaves_id_time_and_verdict():
    story = Story()
    article = story.article(at(MONDAY - 5 * DAY))
    story.away(article, at(MONDAY - 4 * DAY), Reason.LAW)
    assert filled(story) == {MONDAY - WEEK}
    kind, data = row_of(story.entries[0])
    assert kind == "published"
    assert data.keys() == {"article_id", "public_at", "credited", "moved_from"}


def test_a_verification_recorded_on_monday_is_seen_a_week_later():
    story = Story().opened().decree().weeks(*range(-1, 14))
    for proof in (Proof.BOARD, Proof.PROGRAMME):
        story.proof(proof, MONDAY - 9 * DAY, told=MONDAY, as_=EvidenceVerified)
    step = clusters.advance(POLICY, story.ledger, settled(TWO, g=False), at(MONDAY + WEEK))
    assert [a.organisation.on for a in step.assessments] == [False, True]
