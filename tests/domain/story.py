"""Tells the ledger of one KIM in the words of a test; the newest line gets the highest id."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kimcms.domain.cases import Case
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import (
    DecreeVerified,
    Entry,
    Evidence,
    EvidenceVerified,
    Exposure,
    Ledger,
    Opened,
    Proof,
    Published,
    Reason,
)
from kimcms.domain.standing import State
from kimcms.domain.terms import Standing

MONDAY = dt.date(2025, 9, 1)  # the Monday that most tests evaluate
FAR = dt.date(2030, 12, 31)


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """An hour of a WIB day, as an instant."""
    return start_of(day) + dt.timedelta(hours=hour, minutes=minute)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Story:
    """Every method records one thing at 10:00 WIB of the day it speaks of, or when `told`."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    @property
    def ledger(self) -> Ledger:
        return Ledger(tuple(self.entries))

    def tell(self, cls: type[Entry], told: dt.date | dt.datetime, **values: Any) -> Story:
        moment = told if isinstance(told, dt.datetime) else at(told)
        self.entries.append(cls(id=len(self.entries) + 1, recorded_at=moment, **values))
        return self

    def opened(self, on: dt.date = dt.date(2024, 1, 1)) -> Story:
        return self.tell(Opened, on, day=on)

    def decree(
        self,
        end: dt.date = FAR,
        start: dt.date = dt.date(2024, 1, 1),
        *,
        told: dt.date | dt.datetime | None = None,
        decree_id: int = 1,
        assumed: bool = False,
    ) -> Story:
        values = {"decree_id": decree_id, "start": start, "end": end, "assumed_end": assumed}
        return self.tell(DecreeVerified, told or start, **values)

    def article(
        self,
        public_at: dt.datetime,
        *,
        credited: bool = True,
        article_id: int | None = None,
        told: dt.datetime | None = None,
    ) -> int:
        number = article_id or 1000 + len(self.entries)
        values = {"article_id": number, "public_at": public_at, "credited": credited}
        self.tell(Published, told or public_at, **values)
        return number

    def weeks(self, *back: int, before: dt.date = MONDAY) -> Story:
        """A credited article on the Wednesday of each week, counted back from a Monday."""
        for count in sorted(back, reverse=True):
            self.article(at(before - count * WEEK + 2 * DAY))
        return self

    def away(
        self,
        article_id: int,
        moment: dt.datetime,
        reason: Reason | None = None,
        until: dt.datetime | None = None,
    ) -> Story:
        values = {"article_id": article_id, "at": moment, "shown": False}
        return self.tell(Exposure, moment, **values, reason=reason, until=until)

    def back(self, article_id: int, moment: dt.datetime) -> Story:
        return self.tell(Exposure, moment, article_id=article_id, at=moment, shown=True)

    def proof(
        self,
        proof: Proof,
        on: dt.date,
        *,
        told: dt.date | None = None,
        as_: type[Evidence] = EvidenceVerified,
        evidence_id: int | None = None,
        **values: Any,
    ) -> Story:
        number = evidence_id or 500 + len(self.entries)
        return self.tell(as_, told or on, evidence_id=number, kind=proof, day=on, **values)

    def organised(self, on: dt.date = MONDAY - 30 * DAY) -> Story:
        """Board, this year's programme and a report: more than enough without invitations."""
        for proof in (Proof.BOARD, Proof.PROGRAMME, Proof.REPORT):
            self.proof(proof, on)
        return self


def settled(
    standing: Standing,
    monday: dt.date = MONDAY - WEEK,
    *,
    p: bool = True,
    g: bool = True,
    computed: Standing | None = None,
    proposal: Case | None = None,
    **values: Any,
) -> State:
    """A KIM that has stood there for long, as the evaluation of a Monday left it."""
    return State(
        at=start_of(monday),
        monday=monday,
        p_on=p,
        g_on=g,
        computed=computed or standing,
        ruled=standing,
        official=standing,
        since=dt.date(2025, 1, 6),
        proposal=proposal,
        **values,
    )
