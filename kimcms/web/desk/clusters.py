"""Where a KIM stands and why: its card, and the board of all."""

from __future__ import annotations

from flask import g, render_template

from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import clusters
from kimcms.web.access import in_city, in_kim
from kimcms.web.desk import desk, standing


@desk.get("/k/<kim>/klaster")
@in_kim(Verb.SEE_CARD)
def cluster_card(kim: Kim) -> str:
    card = clusters.card(kim.id, g.now)
    return render_template(
        "desk/clusters/card.html", kim=kim, card=card, told=standing.told(card) if card else None
    )


@desk.get("/klaster/")
@in_city(Verb.SEE_REGISTER)
def cluster_board() -> str:
    rows = [(row, standing.row(row.result)) for row in clusters.board()]
    return render_template("desk/clusters/board.html", rows=rows, name_of=standing.name_of)
