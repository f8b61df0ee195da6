"""Complaints in the newsroom: what waits for the KIM, and what the Forum oversees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from kimcms.domain.archive import Month
from kimcms.domain.complaints import OVER, UNSEEN, Kind, State, forum_may_answer
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.complaint import Complaint
from kimcms.models.kim import Kim
from kimcms.queries import complaints
from kimcms.queries.claims import Holder
from kimcms.queries.complaints import Sieve
from kimcms.queries.paging import Cursor
from kimcms.services import complaint_answers
from kimcms.services import complaints as office
from kimcms.web import complaint_words, sentences
from kimcms.web.access import actor, decidable, in_city, in_kim, may_in, on_complaint
from kimcms.web.desk import claims, desk, waiting
from kimcms.web.desk.complaint_forms import AnswerForm, ClosingForm
from kimcms.web.desk.forms import ButtonForm

# The shelves of a list; the city has those of the Forum, too.
_SHELVES: dict[str, tuple[State, ...]] = {
    "": (State.OPEN, State.DISPUTED),
    "dijawab": (State.ANSWERED,),
    "selesai": (State.CLOSED,),
    "semua": complaints.SHOWN,
}
_HELD: dict[str, tuple[State, ...]] = {"ditahan": (State.HELD,), "spam": (State.SPAM,)}


@desk.get("/k/<kim>/aduan/")
@in_kim(Verb.SEE_COMPLAINT)
def complaint_list(kim: Kim) -> str:
    """Of one KIM; what is due first stands first."""
    return _list(kim, _SHELVES)


@desk.get("/aduan/")
@in_city(Verb.SEE_COMPLAINT)
def complaint_city() -> str:
    """Of all KIMs. What is about the own one has no link."""
    return _list(None, _SHELVES | _HELD)


def _list(kim: Kim | None, shelves: dict[str, tuple[State, ...]]) -> str:
    shelf = request.args.get("rak", "")
    if shelf not in shelves:
        raise Refused("filter_unknown")
    sieve = _sieve(shelves[shelf])
    after = Cursor.read(request.args.get("sesudah"))
    page = complaints.listed(kim.id if kim else None, sieve, g.now, after)
    return render_template(
        "desk/complaints/list.html",
        kim=kim,
        page=page,
        shelf=shelf,
        shelves=shelves,
        sieve=sieve,
        kept={name: request.args[name] for name in _FILTERS if request.args.get(name)},
        mine=decidable(Verb.SEE_COMPLAINT, {row.kim_id for row in page.rows}),
        said=complaint_words,
    )


_FILTERS = ("jenis", "bulan", "tepat")
_IN_TIME = {"": None, "ya": True, "tidak": False}


def _sieve(states: tuple[State, ...]) -> Sieve:
    """What the address narrows the list to. Raises `Refused("filter_unknown")`."""
    asked = {name: request.args.get(name, "") for name in _FILTERS}
    try:
        kind = Kind(asked["jenis"]) if asked["jenis"] else None
        month = Month.named(asked["bulan"])
        timely = _IN_TIME[asked["tepat"]]
    except (ValueError, KeyError):
        raise Refused("filter_unknown") from None
    if asked["bulan"] and month is None:
        raise Refused("filter_unknown")
    return Sieve(
        states,
        kind,
        month.since if month else None,
        month.until if month else None,
        timely,
    )


@desk.get("/k/<kim>/aduan/<int:complaint_id>")
@on_complaint(Verb.SEE_COMPLAINT)
def complaint_detail(kim: Kim, complaint: Complaint) -> str:
    """Opening it takes it, while the Forum has something to decide."""
    other = None
    waits = complaint.state in (State.HELD, State.DISPUTED) or _forum_may_answer(complaint)
    if waits and may_in(Verb.OVERSEE_COMPLAINT, kim):
        other = claims.hold(complaint)
        return _page(kim, complaint, other=other, holds=True)
    return _page(kim, complaint)


@desk.post("/k/<kim>/aduan/<int:complaint_id>/jawab")
@on_complaint(Verb.ANSWER_COMPLAINT)
def complaint_answer(kim: Kim, complaint: Complaint) -> Any:
    """The KIM's answer."""
    return _answer(kim, complaint, forum=False)


@desk.post("/k/<kim>/aduan/<int:complaint_id>/jawab-forum")
@on_complaint(Verb.OVERSEE_COMPLAINT)
def complaint_answer_forum(kim: Kim, complaint: Complaint) -> Any:
    """The Forum's, where the KIM gave none or one that is disputed."""
    return _answer(kim, complaint, forum=True)


@desk.post("/k/<kim>/aduan/<int:complaint_id>/tutup")
@on_complaint(Verb.OVERSEE_COMPLAINT)
def complaint_close(kim: Kim, complaint: Complaint) -> Any:
    """The Forum ends it."""
    form = ClosingForm()
    if not form.validate_on_submit():
        return _page(kim, complaint, closing=form), 422
    return _done(
        kim,
        complaint,
        lambda: office.close(actor(), complaint, form.alasan.data or "", g.now),
        _("Aduan ditutup. Pengirim dan KIM membaca keputusan Anda."),
        closing=form,
    )


@desk.post("/k/<kim>/aduan/<int:complaint_id>/teruskan")
@on_complaint(Verb.OVERSEE_COMPLAINT)
def complaint_release(kim: Kim, complaint: Complaint) -> Any:
    """A held one goes to the KIM."""
    return _done(
        kim,
        complaint,
        lambda: office.release(actor(), complaint, g.now),
        _("Diteruskan ke %(kim)s.", kim=kim.name),
    )


@desk.post("/k/<kim>/aduan/<int:complaint_id>/spam")
@on_complaint(Verb.OVERSEE_COMPLAINT)
def complaint_reject(kim: Kim, complaint: Complaint) -> Any:
    """It is no complaint."""
    return _done(
        kim,
        complaint,
        lambda: office.reject(actor(), complaint, g.now),
        _("Ditolak sebagai spam."),
    )


def _answer(kim: Kim, complaint: Complaint, *, forum: bool) -> Any:
    form = _answer_form(complaint)
    if not form.validate_on_submit():
        return _page(kim, complaint, form=form), 422
    return _done(
        kim,
        complaint,
        lambda: complaint_answers.answer(actor(), complaint, form.answer(), g.now, forum=forum),
        _("Jawaban tersimpan. Pengirim dapat membacanya."),
        form=form,
    )


def _answer_form(complaint: Complaint, **values: Any) -> AnswerForm:
    article_id = complaint.article_id
    found = complaints.corrections_of(article_id) if article_id else []
    return AnswerForm(complaint, found, **values)


def _done(kim: Kim, complaint: Complaint, do: Callable[[], Any], said: str, **forms: Any) -> Any:
    try:
        do()
    except Refused as refusal:
        page = _page(kim, complaint, problem=sentences.sentence(refusal), **forms)
        return page, sentences.status(refusal)
    flash(said, "ok")
    there = url_for("desk.complaint_detail", kim=kim.slug, complaint_id=complaint.id)
    return waiting.onward(there)


def _forum_may_answer(complaint: Complaint) -> bool:
    return forum_may_answer(complaint.state, complaint.stage(g.now))


def _page(
    kim: Kim,
    complaint: Complaint,
    problem: str | None = None,
    other: Holder | None = None,
    holds: bool = False,
    **forms: Any,
) -> str:
    oversees = other is None and may_in(Verb.OVERSEE_COMPLAINT, kim)
    city = actor().may(Verb.SEE_REGISTER, None, g.now)
    if complaint.state in UNSEEN and not city:
        abort(404)  # to the KIM what is held has not arrived
    answers = may_in(Verb.ANSWER_COMPLAINT, kim)
    open_now = complaint.state in (State.OPEN, State.DISPUTED)
    steps_in = oversees and _forum_may_answer(complaint)
    return render_template(
        "desk/complaints/detail.html",
        kim=kim,
        complaint=complaint,
        article=complaints.item(complaint),
        reply=complaints.reply_of(complaint.id),
        form=forms.get("form") or _answer_form(complaint, formdata=None),
        closing=forms.get("closing") or ClosingForm(formdata=None),
        button=ButtonForm(),
        answer_at="desk.complaint_answer" if answers else "desk.complaint_answer_forum",
        may_answer=open_now and (answers or steps_in),
        oversees=oversees and complaint.state not in OVER,
        said=complaint_words,
        problem=problem,
        other=other,
        holds=holds,
        holder_said=claims.sentence,
        way=waiting.way(),
    )
