"""Every code of the cluster rule has its words: none may reach a KIM bare, or break its card."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain.assessments import Need, NeedCode, Rise, Tag
from kimcms.domain.decrees import DecreeStatus
from kimcms.domain.ledger import Proof
from kimcms.domain.organisation import Level as Runs
from kimcms.domain.publishing import Level as Often
from kimcms.domain.standing import Why
from kimcms.domain.terms import Standing
from kimcms.web.desk import standing
from tests.world import City


def test_all_codes_have_words() -> None:
    assert set(standing.TAGS) == set(Tag)
    assert set(standing.PROOFS) == set(Proof)
    assert set(standing.OFTEN) == set(Often)
    assert set(standing.RUNS) == set(Runs)
    assert set(standing.DECREES) == set(standing.DECREES_SHORT) == set(DecreeStatus)
    # Of these there is nothing to tell: nothing happened yet, or no signal moved.
    assert set(Why) - set(standing.WHY) == {Why.START, Why.RULE}


@pytest.mark.parametrize("code", NeedCode)
def test_every_need_is_a_sentence(on_sqlite: City, code: NeedCode) -> None:
    need = Need(code, 2, (Proof.PROGRAMME, Proof.MEETING, Proof.REPORT), dt.date(2026, 3, 2))
    said = standing.rise(Rise(Standing.ONE, (need,)))
    assert said.startswith("Untuk naik ke klaster 1: ")
    assert "%" not in said


@pytest.mark.parametrize(
    ("stands", "name"),
    [
        ("1", "klaster 1"),
        ("new", "KIM baru"),
        ("forming", "sedang dibentuk"),
        (None, "belum ada KIM"),
    ],
)
def test_a_standing_has_a_name(on_sqlite: City, stands: str | None, name: str) -> None:
    assert standing.name_of(stands) == name
