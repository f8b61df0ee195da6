"""The course of a case of assistance: which deeds are open when, and the next date after each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kimcms.domain.assistance import (
    INNER,
    Course,
    Deed,
    Difficulty,
    Phase,
    Said,
    about,
    answer_by,
    check_next,
    go_on,
    likely,
    offered,
    overdue,
)
from kimcms.domain.attention import Reason
from kimcms.domain.clock import DAY
from kimcms.domain.refusal import Refused
from kimcms.domain.standing import Why

NOW = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)  # Wednesday the 25th, 00:30 WIB
TODAY = dt.date(2026, 11, 25)
FULL = Said("Kata.", TODAY + 5 * DAY, "Balai RW 04", "Bu Rini")
AT = {
    Phase.OPEN: Course(waits_since=NOW - DAY, next_on=TODAY + DAY),
    Phase.PLANNED: Course(Phase.PLANNED, TODAY, visit_on=TODAY),
    Phase.ASKED: Course(Phase.ASKED, TODAY, asked_at=NOW - 14 * DAY),
    Phase.CLOSED: Course(Phase.CLOSED),
}
# By hand, the phase after each deed; a line is a deed, a column where it is done.
TABLE = """
          open     planned  asked    closed
write     open     planned  -        -
answer    open     planned  asked    -
plan      planned  planned  planned  -
found     -        open     -        -
note      open     planned  asked    -
hand      open     planned  asked    -
ask       asked    asked    -        -
helped    closed   closed   closed   -
not_yet   -        -        open     -
silent    -        -        closed   -
"""


def cells() -> list[object]:
    head, *lines = TABLE.strip().splitlines()
    return [
        pytest.param(Deed(deed), Phase(phase), word, id=f"{deed}-{phase}-{word}")
        for deed, *words in map(str.split, lines)
        for phase, word in zip(head.split(), words, strict=True)
    ]


def test_the_table_is_whole() -> None:
    assert {cell.values[0] for cell in cells()} == set(Deed)
    assert len(cells()) == len(Deed) * len(Phase)


@pytest.mark.parametrize(("deed", "phase", "word"), cells())
def test_the_table(deed: Deed, phase: Phase, word: str) -> None:
    course = AT[phase]
    assert (deed in offered(course, TODAY)) is (word != "-")
    if word == "-":
        with pytest.raises(Refused) as refused:
            go_on(course, deed, FULL, NOW)
        closed = phase is Phase.CLOSED
        assert refused.value.code == ("assistance_closed" if closed else "assistance_deed")
        return
    new = go_on(course, deed, FULL, NOW)
    assert new.phase is Phase(word)
    # What stands beside a phase stands there in that phase only.
    assert (new.visit_on is not None) is (new.phase is Phase.PLANNED)
    assert (new.asked_at is not None) is (new.phase is Phase.ASKED)
    if new.phase is Phase.CLOSED:
        assert new.waits_since is None


@pytest.mark.parametrize(
    ("deed", "phase", "next_on"),
    [
        (Deed.WRITE, Phase.OPEN, TODAY + DAY),  # an earlier date stays
        (Deed.NOT_YET, Phase.ASKED, TODAY),
        (Deed.ANSWER, Phase.OPEN, FULL.day),
        (Deed.PLAN, Phase.OPEN, FULL.day),
        (Deed.FOUND, Phase.PLANNED, FULL.day),
        (Deed.NOTE, Phase.OPEN, FULL.day),
        (Deed.HAND, Phase.OPEN, TODAY + DAY),
        (Deed.ASK, Phase.OPEN, TODAY + 14 * DAY),
    ],
)
def test_the_next_date(deed: Deed, phase: Phase, next_on: dt.date) -> None:
    assert go_on(AT[phase], deed, FULL, NOW).next_on == next_on


def test_what_the_kim_writes_is_answered_within_three_days() -> None:
    assert answer_by(TODAY) == TODAY + 3 * DAY
    for planned in (None, TODAY + 30 * DAY):
        course = Course(next_on=planned)
        new = go_on(course, Deed.WRITE, FULL, NOW)
        assert (new.next_on, new.waits_since) == (TODAY + 3 * DAY, NOW)
        again = go_on(new, Deed.WRITE, FULL, NOW + DAY)
        assert again.waits_since == NOW  # since the first unanswered words


def test_only_what_the_kim_reads_is_an_answer() -> None:
    waiting = AT[Phase.OPEN]
    for deed in INNER:
        assert go_on(waiting, deed, FULL, NOW).waits_since == waiting.waits_since
    for deed in (Deed.ANSWER, Deed.PLAN, Deed.ASK):
        assert go_on(waiting, deed, FULL, NOW).waits_since is None


def test_silence_is_fourteen_days_of_wib() -> None:
    asked = AT[Phase.ASKED]
    day_before = replace(asked, asked_at=NOW - 13 * DAY)
    assert Deed.SILENT in offered(asked, TODAY)
    assert Deed.SILENT not in offered(day_before, TODAY)
    with pytest.raises(Refused, match="assistance_not_silent"):
        go_on(day_before, Deed.SILENT, FULL, NOW)
    # One more answer of the Forum does not begin the days anew.
    assert go_on(asked, Deed.ANSWER, FULL, NOW).asked_at == asked.asked_at


def test_a_visit_is_noted_when_it_has_been() -> None:
    ahead = replace(AT[Phase.PLANNED], visit_on=TODAY + DAY)
    assert Deed.FOUND not in offered(ahead, TODAY)
    with pytest.raises(Refused, match="assistance_visit_ahead"):
        go_on(ahead, Deed.FOUND, FULL, NOW)


@pytest.mark.parametrize(
    ("deed", "phase", "said", "code"),
    [
        (Deed.ANSWER, Phase.OPEN, replace(FULL, words=""), "assistance_words"),
        (Deed.NOT_YET, Phase.ASKED, replace(FULL, words=""), "assistance_words"),
        (Deed.SILENT, Phase.ASKED, replace(FULL, words=""), "assistance_words"),
        (Deed.PLAN, Phase.OPEN, replace(FULL, day=None), "assistance_visit"),
        (Deed.PLAN, Phase.OPEN, replace(FULL, place=""), "assistance_visit"),
        (Deed.PLAN, Phase.OPEN, replace(FULL, who=""), "assistance_visit"),
        (Deed.PLAN, Phase.OPEN, replace(FULL, day=TODAY - DAY), "assistance_day"),
        (Deed.ANSWER, Phase.OPEN, replace(FULL, day=TODAY - DAY), "assistance_day"),
        (Deed.ANSWER, Phase.OPEN, replace(FULL, day=TODAY + 400 * DAY), "assistance_day"),
    ],
)
def test_what_is_lacking(deed: Deed, phase: Phase, said: Said, code: str) -> None:
    with pytest.raises(Refused, match=code):
        go_on(AT[phase], deed, said, NOW)


def test_some_deeds_need_no_words() -> None:
    for deed in (Deed.PLAN, Deed.ASK, Deed.HELPED, Deed.HAND):
        go_on(AT[Phase.OPEN], deed, replace(FULL, words=""), NOW)


def test_overdue() -> None:
    assert overdue(Phase.OPEN, None, TODAY)
    assert overdue(Phase.ASKED, TODAY - DAY, TODAY)
    assert not overdue(Phase.OPEN, TODAY, TODAY)
    assert not overdue(Phase.CLOSED, None, TODAY)
    check_next(None, TODAY)
    check_next(TODAY, TODAY)


def test_the_date_that_a_form_begins_with() -> None:
    soon, far = TODAY + DAY, TODAY + 20 * DAY
    assert likely(Course(next_on=soon), Deed.ANSWER, TODAY) == TODAY + 7 * DAY
    assert likely(Course(next_on=soon), Deed.NOTE, TODAY) == soon
    planned = Course(Phase.PLANNED, soon, visit_on=far)
    assert likely(planned, Deed.ANSWER, TODAY) == far
    assert likely(replace(planned, visit_on=TODAY), Deed.FOUND, TODAY) == TODAY + 7 * DAY


def test_what_is_stored_is_clean() -> None:
    said = Said("  satu \r\n\r\n\r\n\r\n dua\x00  tiga ", TODAY, " Balai\nRW ", "Bu  Rini").clean()
    assert said == Said("satu\n\ndua tiga", TODAY, "Balai RW", "Bu Rini")
    assert len(Said("x" * 3000).clean().words) == 2000


def test_each_reason_of_the_tracker_speaks_of_a_difficulty() -> None:
    assert about(Reason.SILENT) is about(Reason.STOPS) is Difficulty.NEWS
    assert about(Reason.FALL, Why.PUBLISHING_OFF) is Difficulty.NEWS
    assert about(Reason.FALL, Why.SILENCE) is about(Reason.RETURNED) is Difficulty.ACTIVITY
    for reason in (Reason.DECREE_DYING, Reason.DECREE_ENDING, Reason.RENEW, Reason.DEAD):
        assert about(reason) is Difficulty.BOARD
