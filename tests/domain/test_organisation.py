"""G: the five marks, turning on by verified proof and the 60 days before it goes off."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain import organisation
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import EvidenceReturned, EvidenceSubmitted, EvidenceVerified, Proof
from kimcms.domain.organisation import Level
from kimcms.domain.policy import Policy
from tests.domain.story import MONDAY, Story, day

RECENT = MONDAY - 14 * DAY
BOARD, PROGRAMME, MEETING = Proof.BOARD, Proof.PROGRAMME, Proof.MEETING
REPORT, INVITATION = Proof.REPORT, Proof.INVITATION


def read(story, monday=MONDAY, *, was_on=False, failing_since=None):
    ledger = story.ledger.up_to(start_of(monday))
    return organisation.read(Policy(), ledger, monday, was_on=was_on, failing_since=failing_since)


def proofs(*kinds, as_=EvidenceVerified, on=RECENT, story=None):
    story = story or Story()
    for kind in kinds:
        story.proof(kind, on, as_=as_)
    return story


def invited(came, missed, *, story=None, as_=EvidenceVerified):
    story = story or Story()
    for attended in [True] * came + [False] * missed:
        kind = as_ if attended else EvidenceSubmitted
        story.proof(INVITATION, RECENT, as_=kind, attended=attended)
    return story


def mark(story, proof, monday=MONDAY):
    return next(m for m in read(story, monday).marks if m.proof is proof)


@pytest.mark.parametrize(
    ("proof", "on", "monday", "met"),
    [
        (BOARD, "2024-09-02", "2025-09-01", True),
        (BOARD, "2024-09-01", "2025-09-01", True),  # the same date 12 months before
        (BOARD, "2024-08-31", "2025-09-01", False),
        (REPORT, "2025-03-01", "2025-09-01", True),
        (REPORT, "2025-02-28", "2025-09-01", False),
        (REPORT, "2024-02-29", "2024-08-26", True),
        (PROGRAMME, "2025-01-10", "2025-12-29", True),
        (PROGRAMME, "2025-01-10", "2026-01-05", True),
        (PROGRAMME, "2025-01-10", "2026-03-30", True),
        (PROGRAMME, "2025-01-10", "2026-04-06", False),
        (PROGRAMME, "2024-01-10", "2026-01-05", False),
    ],
)
def test_how_long_a_proof_serves(proof, on, monday, met):
    story = Story().proof(proof, day(on))
    assert mark(story, proof, day(monday)).met is met


def test_six_months_before_the_31st_is_the_months_last_day():
    monday = day("2026-08-31")
    assert mark(Story().proof(REPORT, day("2026-02-28")), REPORT, monday).met
    assert not mark(Story().proof(REPORT, day("2026-02-27")), REPORT, monday).met


def test_a_programme_names_its_own_year():
    story = Story().proof(PROGRAMME, day("2025-12-10"), year=2026)
    assert not mark(story, PROGRAMME, day("2025-12-29")).met
    assert mark(story, PROGRAMME, day("2026-06-01")).met


def test_meetings_need_two():
    one = Story().proof(MEETING, RECENT)
    assert (mark(one, MEETING).have, mark(one, MEETING).met) == (1, False)
    assert mark(one.proof(MEETING, RECENT), MEETING).met


def test_a_day_that_has_not_come_is_no_proof():
    story = Story().proof(REPORT, MONDAY, told=MONDAY - DAY)
    assert not mark(story, REPORT).met
    assert mark(story, REPORT, MONDAY + WEEK).met


@pytest.mark.parametrize(
    ("came", "missed", "counted", "met"),
    [
        (1, 0, False, False),
        (0, 1, False, False),
        (1, 1, True, True),
        (1, 2, True, False),
        (2, 3, True, False),
        (2, 2, True, True),
        (0, 2, True, False),
    ],
)
def test_half_of_the_invitations_and_left_out_under_two(came, missed, counted, met):
    found = mark(invited(came, missed), INVITATION)
    assert (found.counted, found.met) == (counted, met)


def test_an_invitation_of_13_months_ago_is_left_out():
    story = invited(1, 1)
    story.proof(INVITATION, MONDAY - 400 * DAY, as_=EvidenceSubmitted)
    story.proof(INVITATION, MONDAY - 401 * DAY, as_=EvidenceSubmitted)
    assert mark(story, INVITATION).met


@pytest.mark.parametrize(("on", "counted"), [("2024-09-01", True), ("2024-08-31", False)])
def test_invitations_count_for_twelve_months(on, counted):
    story = invited(1, 0).proof(INVITATION, day(on), attended=True)
    assert mark(story, INVITATION).counted is counted


def test_an_unanswered_claim_of_attendance_neither_helps_nor_harms_turning_on():
    story = invited(1, 1, story=proofs(BOARD, PROGRAMME))
    assert read(story).on
    invited(2, 0, story=story, as_=EvidenceSubmitted)
    found = mark(story, INVITATION)
    assert (found.met, found.have, found.pending) == (True, 1, 2)
    assert read(story).on
    story = invited(1, 0, story=invited(0, 2), as_=EvidenceSubmitted)
    assert not mark(story, INVITATION).met


@pytest.mark.parametrize(
    ("kinds", "invitations", "on"),
    [
        ((BOARD, PROGRAMME), (0, 0), True),  # invitations left out: one beside the board
        ((BOARD,), (0, 0), False),
        ((PROGRAMME, REPORT), (0, 0), False),  # never without the board
        ((BOARD, PROGRAMME), (0, 2), False),
        ((BOARD, PROGRAMME), (1, 1), True),
        ((BOARD, PROGRAMME, REPORT), (0, 2), True),
        ((BOARD,), (2, 0), False),
        ((PROGRAMME, REPORT), (2, 0), False),
    ],
)
def test_what_turns_it_on(kinds, invitations, on):
    assert read(invited(*invitations, story=proofs(*kinds))).on is on


@pytest.mark.parametrize(
    ("kinds", "invitations", "stays"),
    [
        ((BOARD,), (0, 0), True),
        ((), (0, 0), False),
        ((PROGRAMME, REPORT), (0, 0), False),
        ((BOARD, PROGRAMME), (0, 2), True),
        ((BOARD,), (0, 2), False),
        ((BOARD,), (2, 0), True),
    ],
)
def test_one_mark_less_is_enough_to_stay(kinds, invitations, stays):
    found = read(invited(*invitations, story=proofs(*kinds)), was_on=True)
    assert found.on
    assert (found.failing_since is None) is stays


def test_unanswered_proof_counts_for_staying_never_for_turning_on():
    story = proofs(BOARD, PROGRAMME, as_=EvidenceSubmitted)
    assert not read(story).on
    found = read(story, was_on=True)
    assert (found.failing_since, found.level, found.met) == (None, Level.THIN, 0)
    returned = proofs(BOARD, PROGRAMME, as_=EvidenceReturned)
    assert read(returned, was_on=True).failing_since == MONDAY


def test_the_newest_answer_to_a_proof_holds():
    story = proofs(PROGRAMME).proof(BOARD, RECENT, evidence_id=1, as_=EvidenceSubmitted)
    assert not read(story).on
    story.proof(BOARD, RECENT, evidence_id=1)
    assert read(story).on
    story.proof(BOARD, RECENT, evidence_id=1, as_=EvidenceReturned)
    assert not read(story).on


def test_a_verification_told_on_monday_acts_a_week_later():
    story = proofs(PROGRAMME).proof(BOARD, RECENT, told=MONDAY)
    assert not read(story).on
    assert read(story, MONDAY + WEEK).on


@pytest.mark.parametrize(("days", "on"), [(0, True), (56, True), (59, True), (60, False)])
def test_it_goes_off_60_days_after_the_first_failing_cut(days, on):
    found = read(Story(), was_on=True, failing_since=MONDAY - days * DAY)
    assert found.on is on
    assert found.failing_since == (MONDAY - days * DAY if on else None)


def test_the_run_of_failing_cuts_is_broken_by_a_good_one():
    story = proofs(BOARD)
    found = read(story, was_on=True, failing_since=MONDAY - 100 * DAY)
    assert (found.on, found.failing_since) == (True, None)


def test_week_by_week_it_goes_off_at_the_tenth_failing_cut():
    on, failing, cuts = True, None, 0
    monday = MONDAY
    while on:
        found = read(Story(), monday, was_on=on, failing_since=failing)
        on, failing, cuts, monday = found.on, found.failing_since, cuts + 1, monday + WEEK
    assert cuts == 10  # 63 days after the first: the first Monday 60 or more days on


@pytest.mark.parametrize(
    ("kinds", "was_on", "level"),
    [
        ((BOARD, PROGRAMME), False, Level.ENOUGH),
        ((BOARD,), True, Level.THIN),
        ((), True, Level.FAILING),
        ((BOARD,), False, Level.SHORT),
    ],
)
def test_levels_for_people(kinds, was_on, level):
    assert read(proofs(*kinds), was_on=was_on).level is level


def test_the_value_names_its_evidence():
    story = invited(1, 1, story=proofs(BOARD))
    found = read(story)
    assert (found.met, found.of, found.need) == (2, 5, 2)
    board = mark(story, BOARD)
    assert (board.entries, board.evidence) == ((1,), (500,))
    assert mark(story, INVITATION).entries == (2, 3)
    assert read(proofs(BOARD)).of == 4


def test_failing_since_is_kept_as_a_date():
    assert isinstance(read(Story(), was_on=True).failing_since, dt.date)
