"""One case of assistance as the Forum works on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from kimcms.domain import assistance as rule
from kimcms.domain.assistance import Deed
from kimcms.domain.clock import day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import CITY_ROLES, Verb
from kimcms.models.assistance import Assistance
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import assistance as cases
from kimcms.queries.paging import Cursor
from kimcms.services import assistance
from kimcms.web import sentences
from kimcms.web.access import actor, may_in, on_assisted
from kimcms.web.desk import assistance_words as words
from kimcms.web.desk import attention, desk
from kimcms.web.desk.assistance_forms import FORMS, DatedForm, HandForm, WordsForm


@desk.get("/pendampingan/<int:assistance_id>")
@on_assisted(Verb.SEE_ASSISTANCE)
def assistance_case(kim: Kim, case: Assistance) -> str:
    return _page(kim, case)


@desk.post("/pendampingan/<int:assistance_id>/<langkah>")
@on_assisted(Verb.ASSIST)
def assistance_do(kim: Kim, case: Assistance, langkah: str) -> Any:
    """One step of the Forum, by its word in the address."""
    deed = words.FORUM_PATHS.get(langkah) or abort(404)
    form = FORMS[deed]()
    key = form.kunci.data
    return _done(
        (kim, case, langkah, form),
        lambda: assistance.do(actor(), case, deed, form.said(), g.now, key),
        deed,
    )


@desk.post("/pendampingan/<int:assistance_id>/serahkan")
@on_assisted(Verb.ASSIST)
def assistance_hand(kim: Kim, case: Assistance) -> Any:
    """Taken by oneself, or given to another moderator."""
    form = HandForm(people=_able(kim))
    return _done(
        (kim, case, "serahkan", form),
        lambda: assistance.hand(
            actor(), case, form.kepada.data, form.kata.data or "", g.now, form.kunci.data
        ),
        Deed.HAND,
    )


def _done(at: tuple[Kim, Assistance, str, WordsForm], do: Callable[[], None], deed: Deed) -> Any:
    kim, case, path, form = at
    if not form.validate_on_submit():
        return _page(kim, case, {path: form}), 422
    try:
        do()
    except Refused as refusal:
        said = sentences.sentence(refusal)
        return _page(kim, case, {path: form}, said), sentences.status(refusal)
    flash(str(words.DONE[deed]), "ok")
    return redirect(url_for("desk.assistance_case", assistance_id=case.id), 303)


def _page(
    kim: Kim,
    case: Assistance,
    typed: dict[str, WordsForm] | None = None,
    problem: str | None = None,
) -> str:
    """`typed` is the form that could not be taken."""
    assists = may_in(Verb.ASSIST, kim)
    return render_template(
        "desk/assistance/case.html",
        kim=kim,
        line=cases.line(case.id),
        page=cases.entries(case.id, inner=True, before=Cursor.read(request.args.get("sebelum"))),
        visit=cases.visit(case.id) if case.visit_on else None,
        opener=people.user(case.opened_by) if case.opened_by else None,
        late=rule.overdue(case.phase, case.next_on, day_of(g.now)),
        forms=(_forms(kim, case) if assists else {}) | (typed or {}),
        typed=typed or {},
        assists=assists,
        me=actor().user_id,
        problem=problem,
        wide=words,
        reasons=attention.MORE,
        today=day_of(g.now),
    )


def _forms(kim: Kim, case: Assistance) -> dict[str, WordsForm]:
    """What is open now, each with the next date that is likely."""
    course, today = assistance.course(case), day_of(g.now)
    offered = rule.offered(course, today)
    found: dict[str, WordsForm] = {}
    for path, deed in words.FORUM_PATHS.items():
        if deed in offered:
            form = found[path] = FORMS[deed](formdata=None)
            if isinstance(form, DatedForm):
                form.tanggal.data = rule.likely(course, deed, today)
    if Deed.HAND in offered:
        found["serahkan"] = HandForm(formdata=None, people=_able(kim))
    return found


def _able(kim: Kim) -> list[tuple[int, str]]:
    """Who may own a case of this KIM, by name."""
    able = set(assistance.helpers(kim.id, g.now))
    city = people.members(None)
    names = {m.user_id: m.name for m in city if m.role in CITY_ROLES and m.user_id in able}
    return list(names.items())
