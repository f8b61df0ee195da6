"""The board (pengurus) of a KIM: who sits where, since when, and who did before."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain import board
from kimcms.domain.clock import day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.decree import Decree
from kimcms.models.kim import BoardMember, Kim
from kimcms.queries import boards as seats
from kimcms.queries import decrees as shelves
from kimcms.services import boards
from kimcms.services.boards import Seat
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim, on_seat
from kimcms.web.desk import desk
from kimcms.web.desk.decree_forms import BoardForm, SeatForm, TermForm


@desk.get("/k/<kim>/pengurus")
@in_kim(Verb.SEE_KIM)
def board_page(kim: Kim) -> str:
    return _page(kim)


@desk.post("/k/<kim>/pengurus")
@in_kim(Verb.MANAGE_BOARD)
def board_add(kim: Kim) -> Any:
    form = SeatForm(_decrees(kim))
    if not form.validate_on_submit():
        return _page(kim, seat=form), 422
    try:
        row = boards.add(
            actor(),
            kim,
            Seat(form.jabatan.data, form.nama.data or ""),
            form.mulai.data,
            g.now,
            decree_id=form.decree_id(),
        )
    except Refused as refusal:
        page = _page(kim, seat=form, problem=sentences.sentence(refusal))
        return page, sentences.status(refusal)
    flash(_("%(name)s tercatat sebagai %(seat)s.", name=row.name, seat=row.position), "ok")
    return _back(kim)


@desk.get("/k/<kim>/pengurus/baru")
@in_kim(Verb.MANAGE_BOARD)
def board_renew_page(kim: Kim) -> str:
    found = _decrees(kim)
    newest = found[0] if found else None
    today = day_of(g.now)
    form = BoardForm(
        found,
        data={
            "sk": str(newest.id) if newest else "",
            "mulai": min(newest.starts_on, today) if newest else today,
        },
    )
    return render_template("desk/boards/renew.html", kim=kim, form=form, problem=None)


@desk.post("/k/<kim>/pengurus/baru")
@in_kim(Verb.MANAGE_BOARD)
def board_renew(kim: Kim) -> Any:
    form = BoardForm(_decrees(kim))
    if not form.validate_on_submit():
        return render_template("desk/boards/renew.html", kim=kim, form=form, problem=None), 422
    try:
        boards.renew(actor(), kim, form.seats(), form.mulai.data, g.now, decree_id=form.decree_id())
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        page = render_template("desk/boards/renew.html", kim=kim, form=form, problem=problem)
        return page, sentences.status(refusal)
    flash(_("Susunan pengurus baru tersimpan."), "ok")
    return _back(kim)


@desk.post("/k/<kim>/pengurus/<int:seat_id>/akhiri")
@on_seat(Verb.MANAGE_BOARD)
def board_end(kim: Kim, seat: BoardMember) -> Any:
    form = TermForm()
    if not form.validate_on_submit():
        return _page(kim, term=form, ending=seat), 422
    try:
        boards.end(actor(), seat, form.last(), g.now)
    except Refused as refusal:
        form.akhir.errors = [sentences.sentence(refusal)]
        return _page(kim, term=form, ending=seat), sentences.status(refusal)
    flash(_("Masa jabatan %(name)s diakhiri.", name=seat.name), "ok")
    return _back(kim)


def _page(
    kim: Kim,
    *,
    seat: SeatForm | None = None,
    term: TermForm | None = None,
    ending: BoardMember | None = None,
    problem: str | None = None,
) -> str:
    found, papers = seats.boards(kim.id), _decrees(kim)
    newest = str(papers[0].id) if papers else ""
    today = day_of(g.now)
    return render_template(
        "desk/boards/board.html",
        kim=kim,
        boards=found,
        numbers={decree.id: decree.number for decree in papers},
        missing_seats=board.missing({row.position for row in found.now}),
        form=seat or SeatForm(papers, formdata=None, data={"sk": newest, "mulai": today}),
        term=term or TermForm(formdata=None, data={"akhir": today}),
        ending=ending,
        problem=problem,
        may_manage=actor().may(Verb.MANAGE_BOARD, kim.id, g.now),
    )


def _decrees(kim: Kim) -> list[Decree]:
    return [line.decree for line in shelves.shelf(kim.id, g.now).lines]


def _back(kim: Kim) -> Any:
    return redirect(url_for("desk.board_page", kim=kim.slug), 303)
