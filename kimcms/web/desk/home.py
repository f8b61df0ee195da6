"""The newsroom's front page: what waits for this person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import g, render_template
from flask_babel import gettext as _

from kimcms.domain.roles import KIM_ROLES, Reach, Role, Verb, strongest
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.queries import clusters, evidence, kims, notices, review
from kimcms.queries.clusters import Card
from kimcms.queries.home import Heap, Pile, heaps
from kimcms.web.access import actor, decidable, signed_in, visitor
from kimcms.web.desk import desk, standing
from kimcms.web.desk.standing import Told


@desk.get("/")
@signed_in
def home() -> str:
    """A constant number of queries, however many KIMs the person works in."""
    person = actor()
    city = person.roles(None, g.now)
    waiting = review.waiting(g.now, person.impartial_from(g.now)).rows if city else []
    return render_template(
        "desk/home.html",
        rooms=_rooms(list(person.kim_ids(g.now))),
        city_roles=city,
        waiting=waiting,
        mine=decidable(Verb.REVIEW, {row.kim_id for row in waiting}),
        proofs=_proofs(),
        notices=notices.newest(visitor().user.id, 5),
        age=age,
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
        )
        for kim in kims.named(ids)
    ]


def age(at: dt.datetime) -> str:
    """How long something waits, in one word and its unit; the page says the instant beside it."""
    minutes = int((g.now - at).total_seconds() // 60)
    if minutes < 60:
        return str(_("kurang dari satu jam"))
    if minutes < 48 * 60:
        return str(_("%(hours)s jam", hours=minutes // 60))
    return str(_("%(days)s hari", days=minutes // (24 * 60)))


def _proofs() -> list[evidence.Waiting]:
    """What the Forum has to verify and this person may: the own KIM's is left to others."""
    if Reach.ALL not in actor().reaches(Verb.VERIFY_EVIDENCE, None, g.now):
        return []
    return list(evidence.waiting(actor().impartial_from(g.now)).rows)
