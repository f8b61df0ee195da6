"""The Forum's ready words (templat)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from kimcms.domain.phrases import NAME_LONGEST, TEXT_LONGEST
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.phrase import Phrase
from kimcms.queries import phrases as shelf
from kimcms.services import phrases
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_phrase
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm

_SAID = DataRequired(_l("Wajib diisi."))
_LONG = _l("Paling banyak %(max)d huruf.")


class PhraseForm(FlaskForm):  # type: ignore[misc]
    nama = StringField(_l("Nama templat"), [_SAID, Length(max=NAME_LONGEST, message=_LONG)])
    kalimat = TextAreaField(_l("Kalimat"), [_SAID, Length(max=TEXT_LONGEST, message=_LONG)])


@desk.get("/tinjauan/templat/")
@in_city(Verb.REVIEW)
def phrase_list() -> str:
    return _page(PhraseForm())


@desk.post("/tinjauan/templat/")
@in_city(Verb.REVIEW)
def phrase_add() -> Any:
    form = PhraseForm()
    return _save(
        form,
        None,
        lambda name, text: phrases.add(actor(), name, text, g.now),
        _("Templat ditambahkan."),
    )


@desk.get("/tinjauan/templat/<int:phrase_id>")
@on_phrase
def phrase_edit(phrase: Phrase) -> str:
    return _page(PhraseForm(nama=phrase.name, kalimat=phrase.text), phrase)


@desk.post("/tinjauan/templat/<int:phrase_id>")
@on_phrase
def phrase_change(phrase: Phrase) -> Any:
    form = PhraseForm()
    return _save(
        form,
        phrase,
        lambda name, text: phrases.change(actor(), phrase, name, text, g.now),
        _("Templat diubah. Keputusan yang lalu tidak berubah."),
    )


@desk.post("/tinjauan/templat/<int:phrase_id>/hapus")
@on_phrase
def phrase_remove(phrase: Phrase) -> Any:
    phrases.remove(actor(), phrase, g.now)
    return _done(_("Templat dihapus."))


def _save(
    form: PhraseForm, phrase: Phrase | None, save: Callable[[str, str], Phrase], said: str
) -> Any:
    if not form.validate_on_submit():
        return _page(form, phrase), 422
    try:
        save(form.nama.data or "", form.kalimat.data or "")
    except Refused as refusal:
        return _page(form, phrase, sentences.sentence(refusal)), sentences.status(refusal)
    return _done(said)


def _done(said: str) -> Any:
    flash(said, "ok")
    return redirect(url_for("desk.phrase_list"), 303)


def _page(form: PhraseForm, phrase: Phrase | None = None, problem: str | None = None) -> str:
    return render_template(
        "desk/review/phrases.html",
        phrases=shelf.phrases(),
        phrase=phrase,
        form=form,
        button=ButtonForm(),
        problem=problem,
    )
