"""The Forum's lists of words and hosts that make an item wait."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from kimcms.domain.lists import Name
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.queries import lists as shelf
from kimcms.services import lists
from kimcms.web import sentences, signal_words
from kimcms.web.access import actor, in_city
from kimcms.web.desk import desk


class TermForm(FlaskForm):  # type: ignore[misc]
    kata = StringField(
        validators=[
            InputRequired(_("Wajib diisi.")),
            Length(max=300, message=_("Paling banyak %(max)d huruf.")),
        ]
    )


@desk.get("/tinjauan/daftar/")
@in_city(Verb.EDIT_LISTS)
def risk_lists() -> str:
    return _page(TermForm(formdata=None))


@desk.post("/tinjauan/daftar/<daftar>/tambah")
@in_city(Verb.EDIT_LISTS)
def risk_list_add(daftar: str) -> Any:
    name, form = _name(daftar), TermForm()
    if not form.validate_on_submit():
        return _page(form, name), 422
    try:
        term = lists.add(actor(), name, form.kata.data or "", g.now)
    except Refused as refusal:
        return _page(form, name, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Ditambahkan: %(term)s", term=term), "ok")
    return _back(name)


@desk.post("/tinjauan/daftar/<daftar>/hapus")
@in_city(Verb.EDIT_LISTS)
def risk_list_strike(daftar: str) -> Any:
    name, form = _name(daftar), TermForm()
    if not form.validate_on_submit():
        return _page(form, name), 422
    try:
        term = lists.strike(actor(), name, form.kata.data or "", g.now)
    except Refused as refusal:
        return _page(form, name, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Dihapus: %(term)s", term=term), "ok")
    return _back(name)


def _name(daftar: str) -> Name:
    if daftar not in {name.value for name in Name}:
        abort(404)
    return Name(daftar)


def _back(name: Name) -> Response:
    return redirect(url_for("desk.risk_lists", daftar=name.value, _anchor=name.value), 303)


def _page(form: TermForm, name: Name | None = None, problem: str | None = None) -> str:
    """`name` is the list whose form could not be taken."""
    return render_template(
        "desk/lists/lists.html",
        lists={name: sorted(terms) for name, terms in shelf.lists().items()},
        titles=signal_words.LISTS,
        effects=signal_words.LISTS_DO,
        form=form,
        wrong=name,
        changed=request.args.get("daftar", ""),  # stays open before whoever changes several
        problem=problem,
    )
