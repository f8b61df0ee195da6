"""What holds for every ledger: replay, monotony, and the forecast coming true."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kimcms.domain import clusters, organisation
from kimcms.domain.assessments import from_json, to_json
from kimcms.domain.clock import DAY, WEEK, day_of, start_of
from kimcms.domain.ledger import (
    Answered,
    Closed,
    DecreeVerified,
    EvidenceReturned,
    EvidenceSubmitted,
    EvidenceVerified,
    Ledger,
    Opened,
    OverrideApproved,
    Proof,
    Published,
    Reason,
    RenewalRefused,
    RenewalRequested,
    RestWeek,
    entry_from_row,
    is_open,
    row_of,
)
from kimcms.domain.policy import Policy
from kimcms.domain.terms import Standing
from tests.domain.story import MONDAY, Story, at

POLICY = Policy()
WEEKS = 30
BEGIN = MONDAY - WEEKS * WEEK
FEW = settings(max_examples=40, deadline=None)

hours = st.integers(0, WEEKS * 7 * 24 - 1)
ahead = st.integers(0, 200)


@st.composite
def stories(draw, *, decisions=True):
    """Seven months of a KIM: what it published and proved, and what was decided about it."""
    told = []
    weeks = draw(st.lists(st.booleans(), min_size=WEEKS, max_size=WEEKS))
    told += [("article", 7 * 24 * n + 60, 0) for n, busy in enumerate(weeks) if busy]
    told += draw(st.lists(st.tuples(st.just("article"), hours, ahead), max_size=5))
    told += draw(st.lists(st.tuples(st.just("away"), hours, ahead), max_size=6))
    told += draw(st.lists(st.tuples(st.just("proof"), hours, ahead), min_size=6, max_size=16))
    told += draw(st.lists(st.tuples(st.just("decree"), hours, ahead), max_size=3))
    told += draw(st.lists(st.tuples(st.just("renewal"), hours, ahead), max_size=3))
    told += draw(st.lists(st.tuples(st.just("rest"), hours, ahead), max_size=3))
    told += draw(st.lists(st.tuples(st.just("door"), hours, ahead), max_size=2))
    if decisions:
        told += draw(st.lists(st.tuples(st.just("answer"), hours, ahead), max_size=6))
        told += draw(st.lists(st.tuples(st.just("override"), hours, ahead), max_size=2))
    story = Story().opened(BEGIN - 40 * DAY)
    story.decree(MONDAY - draw(st.integers(-400, 200)) * DAY, BEGIN - 60 * DAY, told=BEGIN)
    for what, hour, number in sorted(told, key=lambda item: (item[1], item[0], item[2])):
        _tell(story, what, start_of(BEGIN) + hour * dt.timedelta(hours=1), number)
    return story


def _tell(story, what, moment, n):
    on = day_of(moment)
    if what == "article":
        story.article(moment + (n % 3) * 30 * dt.timedelta(hours=1), told=moment)
    elif what == "away":
        articles = [e.article_id for e in story.entries if isinstance(e, Published)]
        until = moment + DAY if n % 5 == 0 else None
        reason = [None, *Reason][n % (len(Reason) + 1)]
        if articles:
            story.away(articles[n % len(articles)], moment, reason, until)
    elif what == "proof":
        kinds = [EvidenceVerified] * 5 + [EvidenceSubmitted, EvidenceReturned]
        kind = kinds[n % 7]
        proof = list(Proof)[n % 5]
        story.tell(kind, moment, evidence_id=n, kind=proof, day=on - DAY, attended=n % 2 == 0)
    elif what == "decree":
        dates = {"start": on - DAY, "end": on + n * DAY, "assumed_end": n % 7 == 0}
        story.tell(DecreeVerified, moment, decree_id=2 + n % 2, **dates)
    elif what == "renewal":
        kind = RenewalRefused if n % 2 else RenewalRequested
        story.tell(kind, moment, decree_id=1, day=on)
    elif what == "rest":
        story.tell(RestWeek, moment, monday=BEGIN + (n % WEEKS) * WEEK, city=n % 2 == 0)
    elif what == "door":
        story.tell(Closed if n % 2 else Opened, moment, day=on)
    elif what == "answer":
        to = Standing.ONE if n % 3 else Standing.TWO
        opened = on - (on.weekday() + 7 * (n % 2)) * DAY
        story.tell(Answered, moment, to=to, opened=opened, yes=n % 4 != 0)
    else:
        story.tell(OverrideApproved, moment, to=Standing(str(1 + n % 4)))


def _results(ledger, last=MONDAY, previous=None):
    return [to_json(a) for a in clusters.replay(POLICY, ledger, last, previous)]


@FEW
@given(stories(), st.randoms(use_true_random=False))
def test_a_replay_gives_the_same_bytes(story, shuffle: random.Random):
    entries = list(story.ledger.entries)
    stored = [(e.id, e.recorded_at, *row_of(e)) for e in entries]
    shuffle.shuffle(stored)
    again = Ledger(
        tuple(entry_from_row(i, t, k, json.loads(json.dumps(d))) for i, t, k, d in stored)
    )
    written = _results(story.ledger)
    assert _results(again) == written
    assert [to_json(from_json(text)) for text in written] == written


@FEW
@given(stories(), st.integers(0, WEEKS - 1), st.integers(0, 6 * 24))
def test_results_do_not_depend_on_when_they_are_made(story, week, hour):
    """Stopped anywhere and taken up from a stored state, with what was then known."""
    moment = start_of(BEGIN + week * WEEK) + hour * dt.timedelta(hours=1)
    first = clusters.advance(POLICY, story.ledger.through(moment), None, moment)
    state = type(first.state).from_dict(json.loads(json.dumps(first.state.as_dict())))
    rest = _results(story.ledger, previous=state)
    assert [to_json(a) for a in first.assessments] + rest == _results(story.ledger)


@FEW
@given(stories(), st.integers(0, WEEKS - 1))
def test_what_is_recorded_later_changes_no_older_result(story, week):
    monday = BEGIN + week * WEEK
    seen = story.ledger.up_to(start_of(monday))
    assert _results(seen, monday) == _results(story.ledger, monday)


@FEW
@given(stories(decisions=False), hours)
def test_one_more_credited_article_never_worsens_the_cluster(story, hour):
    before = clusters.replay(POLICY, story.ledger, MONDAY)
    moment = start_of(BEGIN) + hour * dt.timedelta(hours=1)
    story.article(moment, article_id=9_999)
    after = clusters.replay(POLICY, story.ledger, MONDAY)
    for old, new in zip(before, after, strict=True):
        assert new.publishing.filled >= old.publishing.filled
        assert new.publishing.silent_run <= old.publishing.silent_run
        assert new.state.p_on >= old.state.p_on
        assert new.computed <= old.computed
        assert new.official <= old.official


answers = st.sampled_from([EvidenceVerified] * 4 + [EvidenceSubmitted, EvidenceReturned])
proofs = st.sampled_from([Proof.MEETING, Proof.INVITATION, Proof.INVITATION])


@settings(FEW, max_examples=200)
@given(st.lists(st.tuples(proofs, answers, st.booleans()), max_size=7), proofs, st.booleans())
def test_handing_in_proof_never_worsens_the_organisation(given_in, proof, was_on):
    """Also a claim of having come to an invitation, while the Forum has not answered."""
    story = Story().proof(Proof.BOARD, MONDAY - DAY).proof(Proof.PROGRAMME, MONDAY - DAY)
    for kind, answer, came in given_in:
        story.proof(kind, MONDAY - DAY, as_=answer, attended=came)

    def read():
        values = {"was_on": was_on, "failing_since": MONDAY - 60 * DAY}
        return organisation.read(POLICY, story.ledger, MONDAY, **values)

    before = read()
    story.proof(proof, MONDAY - DAY, as_=EvidenceSubmitted, attended=True)
    assert read().on >= before.on


@FEW
@given(stories())
def test_the_forecast_comes_true_when_nothing_is_entered(story):
    seen = story.ledger.up_to(start_of(MONDAY))
    assume(is_open(seen))
    step = clusters.advance(POLICY, seen, None, start_of(MONDAY))
    said = clusters.forecast(POLICY, seen, step.state, weeks=20)
    state, told, moves = step.state, [], []
    p_off = None
    for week in range(1, 21):
        monday = MONDAY + week * WEEK
        days = clusters.daily(POLICY, seen, state, start_of(monday))
        found = clusters.evaluate(POLICY, seen, days.state, monday)
        moves += [*days.changes, *([found.change] if found.change else [])]
        if state.p_on and not found.publishing.on and p_off is None:
            p_off = monday
        told += [monday] if found.tell else []
        state = found.state
    assert list(said.changes) == moves
    if p_off and p_off >= MONDAY + 3 * WEEK:
        assert said.p_off == p_off
        assert said.p_warning == p_off - 2 * WEEK
        assert said.p_warning in told


@FEW
@given(stories(), st.integers(1, WEEKS))
def test_trimming_old_publications_and_evidence_changes_nothing(story, week):
    """What `Ledger` says an evaluation must be given is enough, with an older state."""
    monday = BEGIN + week * WEEK
    whole = story.ledger
    assume(is_open(whole.up_to(start_of(monday))))
    state = clusters.replay(POLICY, whole, monday - WEEK)
    assume(state)
    rest = len({e.monday for e in whole.of(RestWeek)})
    oldest = start_of(monday - (13 + rest) * WEEK)
    kept = tuple(e for e in whole.entries if not isinstance(e, Published) or e.public_at >= oldest)
    short = clusters.evaluate(POLICY, Ledger(kept), state[-1].state, monday)
    assert short == clusters.evaluate(POLICY, whole, state[-1].state, monday)


def test_a_state_from_the_future_of_a_field_takes_its_default():
    state = clusters.daily(POLICY, Ledger(), None, at(MONDAY)).state
    stored = state.as_dict()
    del stored["p_warned"]
    assert type(state).from_dict(stored) == replace(state, p_warned=False)
