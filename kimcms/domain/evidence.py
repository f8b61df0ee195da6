"""What a KIM hands in as proof that it runs, and what each kind of proof needs."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from kimcms.domain.clock import day_of
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.text import clean_line

TITLE_LONGEST = 140
MOST_PEOPLE = 5_000
MOST_FILES = 6
EARLIEST = dt.date(2010, 1, 1)


class ProofState(enum.StrEnum):
    """Where a proof stands between the KIM and the Forum."""

    WAITING = "waiting"
    VERIFIED = "verified"
    RETURNED = "returned"


class Adinda(enum.StrEnum):
    """What kind of work for the neighbourhood an activity was."""

    ACCESS = "akses"
    DISCUSSION = "diskusi"
    IMPLEMENTATION = "implementasi"
    NETWORKING = "networking"
    DISSEMINATION = "diseminasi"
    ADVOCACY = "advokasi"


@dataclass(frozen=True)
class Claim:
    """What stands on the form. `year` is a programme's, `people` came to a meeting."""

    kind: Proof
    day: dt.date
    title: str = ""
    year: int | None = None
    people: int | None = None
    tags: tuple[Adinda, ...] = ()
    story: str = ""  # of an activity, in the KIM's words


def state(verified_at: dt.datetime | None, returned_at: dt.datetime | None) -> ProofState:
    """Derived from the two answers; a proof that is sent again has neither."""
    if returned_at is not None:
        return ProofState.RETURNED
    return ProofState.VERIFIED if verified_at is not None else ProofState.WAITING


def check(claim: Claim, files: int, now: dt.datetime) -> None:
    """Raises `Refused` for what the Forum could not verify."""
    today = day_of(now)
    if claim.day > today:
        raise Refused("evidence_ahead")
    if claim.day < EARLIEST:
        raise Refused("evidence_old")
    if files > MOST_FILES:
        raise Refused("evidence_many", limit=MOST_FILES)
    if claim.kind is Proof.PROGRAMME:
        if claim.year is None or not today.year - 1 <= claim.year <= today.year + 1:
            raise Refused("evidence_year")
    elif not clean_line(claim.title, TITLE_LONGEST):
        raise Refused("evidence_title")
    people_known = claim.people is not None and 1 <= claim.people <= MOST_PEOPLE
    if claim.kind is Proof.MEETING and not people_known:
        raise Refused("evidence_people")
    if claim.kind is Proof.REPORT and not claim.tags:
        raise Refused("evidence_tags")
    if not files:
        raise Refused("evidence_files")
