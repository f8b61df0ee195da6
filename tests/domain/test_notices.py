"""Topics and hours of letters."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain.clock import WIB
from kimcms.domain.notices import (
    LETTER_REST,
    SERVER_REST,
    Topic,
    digest_before,
    rest,
    topic_of,
    topics_of,
)
from kimcms.domain.roles import Role
from kimcms.web import words


def test_every_kind_has_a_topic_but_what_nobody_may_switch_off() -> None:
    without = {kind for kind in words.NOTICES if topic_of(kind) is None}
    assert without == {"account.invite", "account.reset", "wake.link", "hide.waiting"}
    assert {topic_of(kind) for kind in words.NOTICES} - {None} == set(Topic) == set(words.TOPICS)


def test_a_word_more_makes_another_topic() -> None:
    assert topic_of("article.submitted") is Topic.SUBMITTED
    assert topic_of("article.change_asked") is Topic.DECLINED
    assert topic_of("article.corrected") is Topic.PUBLISHED


def test_nobody_is_offered_what_never_comes() -> None:
    assert Topic.SUBMITTED not in topics_of([Role.PEWARTA])
    assert Topic.SUBMITTED in topics_of([Role.PEWARTA, Role.EDITOR])
    assert topics_of([Role.DISKOMINFO]) == (Topic.DECREE, Topic.POLICY, Topic.COMPLAINT)
    assert topics_of([]) == ()
    offered = {topic for role in Role for topic in topics_of([role])}
    assert offered == set(Topic)


@pytest.mark.parametrize(
    ("clock", "cut"),
    [((24, 6, 59), (23, 7)), ((24, 7, 0), (24, 7)), ((24, 23, 59), (24, 7)), ((25, 0, 0), (24, 7))],
)
def test_the_hour_of_the_daily_letter(clock: tuple[int, int, int], cut: tuple[int, int]) -> None:
    now = dt.datetime(2026, 11, *clock, tzinfo=WIB)
    assert digest_before(now) == dt.datetime(2026, 11, *cut, tzinfo=WIB)


def test_rests_grow_with_the_age_of_a_letter() -> None:
    written = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    found = [
        rest(written, written + dt.timedelta(minutes=age), LETTER_REST).total_seconds() / 60
        for age in (0, 1, 10, 60, 24 * 60)
    ]
    assert found == [1, 1, 5, 30, 360]
    assert rest(written, written + dt.timedelta(days=1), SERVER_REST) == SERVER_REST
