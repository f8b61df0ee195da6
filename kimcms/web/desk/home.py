"""The newsroom's front page: what waits for this person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template

from kimcms.domain.roles import KIM_ROLES, Reach, Role, Verb, strongest
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.queries import assistance, clusters, complaints, evidence, kims, notices
from kimcms.queries.clusters import Card
from kimcms.queries.home import Heap, Pile, heaps
from kimcms.web.access import actor, signed_in, visitor
from kimcms.web.desk import desk, standing, waiting
from kimcms.web.desk.standing import Told
from kimcms.web.desk.waiting import Sieve

SHOWN = 5  # of what waits for the Forum


@desk.get("/")
@signed_in
def home() -> str:
    """A constant number of queries, however many KIMs the person works in."""
    person = actor()
    city = person.roles(None, g.now)
    rows = Sieve().queue(None, SHOWN).rows if city else []
    return render_template(
        "desk/home.html",
        rooms=_rooms(list(person.kim_ids(g.now))),
        city_roles=city,
        waiting=rows,
        mine=waiting.mine(rows),
        says=waiting,
        sieve=Sieve(),
        helps=_helps(),
        notices=notices.newest(visitor().user.id, 5),
        age=waiting.age,
    )


@dataclass(frozen=True)
class Room:
    """One KIM on somebody's home."""

    kim: Kim
    role: Role | None
    edits: bool
    leads: bool
    piles: dict[Pile, Heap]
    card: Card | None
    told: Told | None
    returned: list[Evidence]  # by the Forum, for a head
    complaints: int  # that wait for an answer


def _rooms(ids: list[int]) -> list[Room]:
    if not ids:
        return []
    person = actor()
    edits = {i for i in ids if Reach.ALL in person.reaches(Verb.WRITE, i, g.now)}
    leads = {i for i in ids if Role.HEAD in person.roles(i, g.now)}
    assert person.user_id is not None
    piles = heaps(person.user_id, ids, edits, g.now)
    cards = clusters.cards(ids, g.now)
    proofs = evidence.returned(leads) if leads else []
    unanswered = complaints.open_of(edits) if edits else {}
    return [
        Room(
            kim,
            strongest(role for role in person.roles(kim.id, g.now) if role in KIM_ROLES),
            kim.id in edits,
            kim.id in leads,
            piles.get(kim.id, {}),
            cards.get(kim.id),
            standing.told(cards[kim.id]) if kim.id in cards else None,
            [proof for proof in proofs if proof.kim_id == kim.id],
            unanswered.get(kim.id, 0),
        )
        for kim in kims.named(ids)
    ]


def _helps() -> list[assistance.Line]:
    """Own cases of assistance whose date is here, and those that wait for the word of a KIM that
    this person leads."""
    person = actor()
    if person.user_id is None or not person.grants:
        return []
    leads = [i for i in person.kim_ids(g.now) if Role.HEAD in person.roles(i, g.now)]
    return assistance.at_hand(person.user_id, leads, g.now)
