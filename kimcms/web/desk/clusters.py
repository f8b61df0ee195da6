"""Where a KIM stands and why: its card, the board of all, and their histories."""

from __future__ import annotations

import datetime as dt

from flask import g, render_template, request
from flask_wtf import FlaskForm

from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import assistance, attention, cases, clusters, moves
from kimcms.services.cases import may_object_now
from kimcms.web.access import actor, in_city, in_kim, may_in
from kimcms.web.desk import attention as words
from kimcms.web.desk import desk, standing
from kimcms.web.desk.case_forms import ObjectionForm, WordsForm
from kimcms.web.desk.case_words import told
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.moves import picture
from kimcms.web.desk.sieve import Sieve

CALLS_SHOWN = 3


@desk.get("/k/<kim>/klaster")
@in_kim(Verb.SEE_CARD)
def cluster_card(kim: Kim) -> str:
    return card_page(kim)


def card_page(kim: Kim, form: FlaskForm | None = None, problem: str | None = None) -> str:
    """The card; with a form that could not be taken, and why."""
    card = clusters.card(kim.id, g.now)
    may_object = actor().may(Verb.OBJECT, kim.id, g.now) and may_object_now(kim.id, g.now)
    return render_template(
        "desk/clusters/card.html",
        kim=kim,
        card=card,
        told=standing.told(card) if card else None,
        cases=[told(line) for line in cases.of_kim(kim.id, 6)],
        may_object=may_object,
        may_decide=may_in(Verb.DECIDE_CLUSTER, kim),
        form=form or ObjectionForm(formdata=None),
        problem=problem,
    )


@desk.get("/k/<kim>/klaster/riwayat")
@in_kim(Verb.SEE_CARD)
def cluster_history(kim: Kim) -> str:
    """The moves with their reasons, and what was published week by week."""
    return render_template(
        "desk/clusters/history.html",
        kim=kim,
        weeks=moves.weeks(kim.id, _before()),
        moves=moves.of_kim(kim.id),
        cases=[told(line) for line in cases.of_kim(kim.id)],
        name_of=standing.name_of,
        why=standing.WHY,
    )


def _before() -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.args.get("sebelum", ""))
    except ValueError:
        return None


@desk.get("/klaster/")
@in_city(Verb.SEE_REGISTER)
def cluster_board() -> str:
    board = attention.board(g.now)
    sieve = Sieve.read(request.args, board.lines)
    own = set(actor().impartial_from(g.now))
    return render_template(
        "desk/clusters/board.html",
        board=board,
        rows=[(line, standing.row(line.result)) for line in sieve.sift(board.lines)],
        sieve=sieve,
        calls=[words.said(call, line) for call, line in board.calls],
        shown=CALLS_SHOWN,
        helped=assistance.running(),
        waiting=[told(line) for line in board.waiting],
        own=own,
        me=actor().user_id,
        name_of=standing.name_of,
        fall=words.fall,
        trends=words.TRENDS,
        decree_short=standing.DECREES_SHORT,
        button=ButtonForm(),
        words_form=WordsForm(formdata=None),
    )


@desk.get("/klaster/riwayat")
@in_city(Verb.SEE_REGISTER)
def cluster_moves() -> str:
    """How the KIMs moved between the clusters in the last half year."""
    found = moves.city(g.now)
    return render_template(
        "desk/clusters/moves.html",
        found=found,
        picture=picture(found),
        name_of=standing.name_of,
        why=standing.WHY,
    )
