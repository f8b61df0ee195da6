"""The calendar of rest weeks."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from kimcms.domain.clock import DAY, WEEK, week_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.cluster import RestWeek
from kimcms.queries import kims as register
from kimcms.queries import restweeks as shelf
from kimcms.services import restweeks
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_rest_week
from kimcms.web.desk import desk
from kimcms.web.desk.evidence_forms import RestForm
from kimcms.web.desk.forms import ButtonForm

CITY = "kota"


@desk.get("/kalender/")
@in_city(Verb.SEE_REGISTER)
def calendar() -> str:
    return _page(_with(RestForm()))


@desk.post("/kalender/")
@in_city(Verb.MANAGE_CALENDAR)
def calendar_rest() -> Any:
    form = _with(RestForm())
    if not form.validate_on_submit():
        return _page(form), 422
    whose = form.untuk.data
    kim = None if whose == CITY else register.by_slug(whose)
    try:
        week = restweeks.rest(
            actor(), kim, form.hari.data, form.sebab.data or "", g.now, form.kunci.data
        )
    except Refused as refusal:
        return _page(form, sentences.sentence(refusal)), sentences.status(refusal)
    said = _("Minggu istirahat tercatat.")
    if week.monday < week_of(g.now):
        said += " " + _("Minggu itu sudah lewat: berlaku mulai penilaian berikutnya.")
    flash(said, "ok")
    return redirect(url_for("desk.calendar"), 303)


@desk.post("/kalender/<int:week_id>/cabut")
@on_rest_week(Verb.MANAGE_CALENDAR)
def calendar_lift(week: RestWeek) -> Any:
    try:
        restweeks.lift(actor(), week, g.now)
    except Refused as refusal:
        return _page(_with(RestForm(formdata=None)), sentences.sentence(refusal)), (
            sentences.status(refusal)
        )
    flash(_("Minggu istirahat dicabut. Berlaku mulai penilaian berikutnya."), "ok")
    return redirect(url_for("desk.calendar"), 303)


def _with(form: RestForm) -> RestForm:
    """The choices: the city, and the KIMs about which this person may decide."""
    own = set(actor().impartial_from(g.now))
    form.untuk.choices = [
        SelectChoice(CITY, _("Seluruh kota")),
        *(SelectChoice(kim.slug, kim.name) for kim in register.open_kims() if kim.id not in own),
    ]
    return form


def _page(form: RestForm, problem: str | None = None) -> str:
    this_week = week_of(g.now)
    lines = shelf.since(this_week - restweeks.WEEKS_BACK * WEEK)
    return render_template(
        "desk/restweeks/calendar.html",
        ahead=[line for line in lines if line.week.monday >= this_week],
        past=[line for line in reversed(lines) if line.week.monday < this_week],
        manages=actor().may(Verb.MANAGE_CALENDAR, None, g.now),
        own=set(actor().impartial_from(g.now)),
        form=form,
        button=ButtonForm(),
        problem=problem,
        this_week=this_week,
        to_sunday=WEEK - DAY,
    )
