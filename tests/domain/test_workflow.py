"""The three tables of an article's life, written once more by hand from the domain's words.

Every state x every move: what follows, or nothing where the move does not exist.
"""

from __future__ import annotations

import pytest

from kimcms.domain.refusal import Refused
from kimcms.domain.workflow import (
    EXPOSURE,
    FEED,
    TEXT,
    Exposure,
    FeedState,
    Move,
    TextState,
    offering,
    opens,
    step,
)

# Columns in the order of the states; "." is a move that does not exist there.
TEXT_TABLE = """
            clean      draft      submitted  returned
save        draft      draft      submitted  draft
submit      .          submitted  .          submitted
take_back   .          .          draft      .
return      .          .          returned   .
publish     clean      clean      clean      clean
unpublish   .          .          .          .
clear       .          .          .          .
withdraw    .          .          .          .
restore     .          .          .          .
offer       .          .          .          .
trust       .          .          .          .
hold        .          .          .          .
accept      .          .          .          .
read        .          .          .          .
ask_change  .          .          .          .
decline     .          .          .          .
remove      .          .          .          .
appeal      .          .          .          .
"""
EXPOSURE_TABLE = """
            never      public       unpublished  withdrawn
save        .          .            .            .
submit      .          .            .            .
take_back   .          .            .            .
return      .          .            .            .
publish     public     public       public       .
unpublish   .          unpublished  .            .
clear       .          never        .            .
withdraw    .          withdrawn    withdrawn    .
restore     .          .            .            public
offer       .          .            .            .
trust       .          .            .            .
hold        .          .            .            .
accept      .          .            .            .
read        .          .            .            .
ask_change  .          .            .            .
decline     .          .            .            .
remove      .          .            .            .
appeal      .          .            .            .
"""
FEED_TABLE = """
            none      pending       accepted      change_asked  declined  removed
save        .         .             .             .             .         .
submit      .         .             .             .             .         .
take_back   .         .             .             .             .         .
return      .         .             .             .             .         .
publish     .         .             .             .             .         .
unpublish   .         .             .             .             .         .
clear       none      none          none          .             .         .
withdraw    .         .             .             .             .         .
restore     .         .             .             .             .         .
offer       pending   pending       pending       pending       declined  removed
trust       accepted  pending       accepted      pending       declined  removed
hold        .         .             pending       .             .         .
accept      .         accepted      .             .             .         .
read        .         .             accepted      .             .         .
ask_change  .         change_asked  change_asked  .             .         .
decline     .         declined      .             .             .         .
remove      .         .             removed       .             .         .
appeal      .         .             .             .             pending   pending
"""
TABLES = [
    (TEXT, TextState, TEXT_TABLE),
    (EXPOSURE, Exposure, EXPOSURE_TABLE),
    (FEED, FeedState, FEED_TABLE),
]


def cells():
    for table, kind, words in TABLES:
        head, *lines = words.strip().splitlines()
        states = head.split()
        assert states == [state.value for state in kind]
        assert [line.split()[0] for line in lines] == [move.value for move in Move]
        for line in lines:
            move, *results = line.split()
            for state, result in zip(states, results, strict=True):
                yield pytest.param(
                    table, kind(state), Move(move), result, id=f"{state}-{move}-{result}"
                )


@pytest.mark.parametrize(("table", "state", "move", "result"), list(cells()))
def test_every_state_and_every_move(table, state, move, result):
    if result == ".":
        with pytest.raises(Refused) as refused:
            step(table, state, move)
        assert refused.value.code == "move_not_open"
        assert refused.value.values == {"move": move, "state": state}
    else:
        assert step(table, state, move) == result


@pytest.mark.parametrize("state", [*TextState, *Exposure, *FeedState])
@pytest.mark.parametrize("move", list(Move))
def test_what_a_page_may_offer_is_what_a_table_knows(state, move):
    known = any((state, move) in table and type(state) is kind for table, kind, _ in TABLES)
    assert opens(state, move) is known


@pytest.mark.parametrize("state", list(FeedState))
@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize("signalled", [False, True])
@pytest.mark.parametrize("corrected", [False, True])
def test_how_a_new_live_revision_is_offered(state, trusted, signalled, corrected):
    """A risk always waits; trust spares the first look, a correction that of an accepted item."""
    eased = trusted or (corrected and state is FeedState.ACCEPTED)
    move = offering(state, trusted=trusted, signalled=signalled, corrected=corrected)
    assert move is (Move.TRUST if eased and not signalled else Move.OFFER)
    if signalled or not trusted:
        new = offering(FeedState.NONE, trusted=trusted, signalled=signalled, corrected=corrected)
        assert step(FEED, FeedState.NONE, new) is FeedState.PENDING
