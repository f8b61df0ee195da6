"""Assistance: what a KIM tells and says, and the Forum's lists of all cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from kimcms.domain import assistance as rule
from kimcms.domain.assistance import Difficulty
from kimcms.domain.clock import day_of, start_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role, Verb
from kimcms.models.assistance import Assistance
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import assistance as cases
from kimcms.queries import attention
from kimcms.queries.assistance import Shelf
from kimcms.queries.paging import Cursor
from kimcms.services import assistance
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, in_kim, on_assistance
from kimcms.web.desk import assistance_words as words
from kimcms.web.desk import attention as suggestions
from kimcms.web.desk import desk
from kimcms.web.desk.assistance_forms import FORMS, BeginForm, TellForm, WordsForm

_SHELVES = {path: shelf for shelf, (path, _label) in words.SHELVES.items()}


@desk.get("/k/<kim>/pendampingan/")
@in_kim(Verb.ASK_HELP)
def assistance_list(kim: Kim) -> str:
    return _list(kim, TellForm(formdata=None))


@desk.post("/k/<kim>/pendampingan/")
@in_kim(Verb.ASK_HELP)
def assistance_tell(kim: Kim) -> Any:
    form = TellForm()
    if not form.validate_on_submit():
        return _list(kim, form), 422
    about, told = Difficulty(form.tentang.data), form.cerita.data or ""
    try:
        case = assistance.tell(actor(), kim, about, told, g.now, form.kunci.data)
    except Refused as refusal:
        return _list(kim, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Terkirim. Forum menjawab dalam tiga hari; jawabannya muncul di pemberitahuan."), "ok")
    return redirect(url_for("desk.assistance_own", kim=kim.slug, assistance_id=case.id), 303)


def _list(kim: Kim, form: TellForm, problem: str | None = None) -> str:
    return render_template(
        "desk/assistance/list.html",
        kim=kim,
        page=cases.lines(kim.id, Cursor.read(request.args.get("sesudah"))),
        form=form,
        problem=problem,
        wide=words,
        today=day_of(g.now),
    )


@desk.get("/k/<kim>/pendampingan/<int:assistance_id>")
@on_assistance(Verb.ASK_HELP)
def assistance_own(kim: Kim, case: Assistance) -> str:
    return _own(kim, case)


@desk.post("/k/<kim>/pendampingan/<int:assistance_id>/<kata>")
@on_assistance(Verb.ASK_HELP)
def assistance_say(kim: Kim, case: Assistance, kata: str) -> Any:
    """The KIM adds words, or says whether it is helped."""
    deed = words.KIM_PATHS.get(kata) or abort(404)
    form = FORMS[deed]()
    if not form.validate_on_submit():
        return _own(kim, case, {kata: form}), 422
    try:
        assistance.do(actor(), case, deed, form.said(), g.now, form.kunci.data)
    except Refused as refusal:
        said = sentences.sentence(refusal)
        return _own(kim, case, {kata: form}, said), sentences.status(refusal)
    flash(str(words.DONE[deed]), "ok")
    return redirect(url_for("desk.assistance_own", kim=kim.slug, assistance_id=case.id), 303)


def _own(
    kim: Kim,
    case: Assistance,
    typed: dict[str, WordsForm] | None = None,
    problem: str | None = None,
) -> str:
    before = Cursor.read(request.args.get("sebelum"))
    offered = rule.offered(assistance.course(case), day_of(g.now))
    forms = {path: FORMS[d](formdata=None) for path, d in words.KIM_PATHS.items() if d in offered}
    return render_template(
        "desk/assistance/own.html",
        kim=kim,
        line=cases.line(case.id),
        page=cases.entries(case.id, inner=False, before=before),
        visit=cases.visit(case.id) if case.visit_on else None,
        opener=people.user(case.opened_by) if case.opened_by else None,
        forms=forms | (typed or {}),
        typed=typed or {},
        problem=problem,
        wide=words,
        reasons=suggestions.MORE,
        today=day_of(g.now),
    )


@desk.get("/k/<kim>/pendampingan/buka")
@in_kim(Verb.ASSIST)
def assistance_begin_page(kim: Kim) -> str:
    """The Forum begins; where the tracker says why to call, with that filled in."""
    found = [call for call, _line in attention.board(g.now).calls if call.kim_id == kim.id]
    form = BeginForm(formdata=None)
    form.tanggal.data = rule.answer_by(day_of(g.now))
    if found:
        form.tentang.data = rule.about(found[0].reason, found[0].why).value
        form.cerita.data = _opening(suggestions.body(found[0]))
        form.sebab.data = found[0].reason.value
    return _begin(kim, form, why=suggestions.reason(found[0]) if found else "")


@desk.post("/k/<kim>/pendampingan/buka")
@in_kim(Verb.ASSIST)
def assistance_begin(kim: Kim) -> Any:
    form = BeginForm()
    if not form.validate_on_submit():
        return _begin(kim, form), 422
    about = Difficulty(form.tentang.data)
    try:
        case = assistance.begin(
            actor(),
            kim,
            about,
            form.said(),
            g.now,
            reason=form.reason(),
            key=form.kunci.data,
        )
    except Refused as refusal:
        said = sentences.sentence(refusal)
        return _begin(kim, form, problem=said), sentences.status(refusal)
    flash(_("Pendampingan dibuka, dan %(kim)s diberi tahu.", kim=kim.name), "ok")
    return redirect(url_for("desk.assistance_case", assistance_id=case.id), 303)


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _begin(kim: Kim, form: BeginForm, why: str = "", problem: str | None = None) -> str:
    return render_template(
        "desk/assistance/begin.html",
        kim=kim,
        form=form,
        why=why,
        problem=problem,
        today=day_of(g.now),
    )


@desk.get("/pendampingan/")
@in_city(Verb.SEE_ASSISTANCE)
def assistance_board() -> str:
    """The Forum's lists. The own KIM's cases are left to others."""
    path = request.args.get("rak", "")
    person = actor()
    owns = may_own()
    which = _SHELVES.get(path, Shelf.MINE if owns else Shelf.OVERDUE)
    asked = request.args.get("moderator", "")
    owner = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    not_of = person.impartial_from(g.now)
    mine = which is Shelf.MINE
    return render_template(
        "desk/assistance/board.html",
        which=which,
        page=cases.shelf(
            which,
            g.now,
            not_of,
            person.user_id if mine else owner,
            Cursor.read(request.args.get("sesudah")),
        ),
        owner=None if mine else owner,
        owners=_owners(),
        owns=owns,
        wide=words,
        reasons=suggestions.MORE,
        today=day_of(g.now),
    )


@desk.get("/pendampingan/saran")
@in_city(Verb.SEE_ASSISTANCE)
def assistance_suggestions() -> str:
    """Whom the tracker would help, where nobody helps yet. Nothing is written for it."""
    helped, not_of = cases.running(), set(actor().impartial_from(g.now))
    found = [
        suggestions.said(call, line)
        for call, line in attention.board(g.now).calls
        if call.kim_id not in helped and call.kim_id not in not_of
    ]
    return render_template(
        "desk/assistance/suggestions.html", found=found, owns=may_own(), wide=words
    )


@desk.get("/pendampingan/ikhtisar")
@in_city(Verb.SEE_ASSISTANCE)
def assistance_overview() -> str:
    since = _quarter(day_of(g.now))
    return render_template(
        "desk/assistance/overview.html",
        found=cases.overview(start_of(since), g.now),
        since=since,
        wide=words,
        owns=may_own(),
    )


def may_own() -> bool:
    """Whether this person works on cases; Diskominfo does only where no moderator is free."""
    return Role.MODERATOR in actor().roles(None, g.now)


def _owners() -> list[tuple[int, str]]:
    """Who may be asked for in the filter."""
    found = {m.user_id: m.name for m in people.members(None) if m.role is Role.MODERATOR}
    return list(found.items())


def _quarter(day: dt.date) -> dt.date:
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
