"""Where a KIM stands and why: its card, and the board of all."""

from __future__ import annotations

from flask import g, render_template

from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import clusters
from kimcms.web.access import in_city, in_kim
from kimcms.web.desk import desk


@desk.get("/k/<kim>/klaster")
@in_kim(Verb.SEE_CARD)
def cluster_card(kim: Kim) -> str:
    return render_template("desk/clusters/card.html", kim=kim, card=clusters.card(kim.id, g.now))


@desk.get("/klaster/")
@in_city(Verb.SEE_REGISTER)
def cluster_board() -> str:
    return render_template("desk/clusters/board.html", rows=clusters.board())
