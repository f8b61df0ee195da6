"""A subsite that sleeps: what its people read, and how it is woken."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.dormancy import asleep, seen_last
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.services import dormancy
from kimcms.web import sentences
from kimcms.web.access import actor, anyone, in_kim
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.tools import tools


@desk.get("/k/<kim>/tidur")
@in_kim(Verb.SEE_KIM)
def kim_asleep(kim: Kim) -> str:
    """Why nothing can be written, and what to do."""
    return render_template(
        "desk/kims/asleep.html",
        kim=kim,
        asleep=asleep(kim, tools().settings.dormant_days, g.now),
        since=seen_last(kim),
        days=tools().settings.dormant_days,
        may_wake=actor().may(Verb.WAKE, kim.id, g.now),
        button=ButtonForm(),
    )


@desk.post("/k/<kim>/tidur/tautan")
@in_kim(Verb.SEE_KIM, while_asleep=True)
def kim_ask_link(kim: Kim) -> Response:
    if asleep(kim, tools().settings.dormant_days, g.now):
        dormancy.ask(kim, g.now)
        flash(_("Tautan dikirim ke surat elektronik ketua."), "ok")
    return redirect(url_for("desk.kim_asleep", kim=kim.slug), 303)


@desk.post("/k/<kim>/tidur/bangunkan")
@in_kim(Verb.WAKE)
def kim_wake(kim: Kim) -> Response:
    dormancy.wake(actor(), kim, g.now)
    flash(_("Redaksi %(kim)s terbuka lagi.", kim=kim.name), "ok")
    return redirect(url_for("desk.kim_asleep", kim=kim.slug), 303)


@desk.route("/bangun/<token>", methods=["GET", "POST"])
@anyone
def wake_link(token: str) -> Any:
    """The link of the letter. It is pressed, since programs open links in letters by themselves."""
    ticket, days = tools().wakes.value(token), tools().settings.dormant_days
    form, kim, problem, status = ButtonForm(), None, None, 200
    try:
        if not isinstance(ticket, list):
            raise Refused("wake_link")
        kim, _head = dormancy.ticket_of(ticket, days, g.now)
        if form.validate_on_submit():
            dormancy.wake_by_link(ticket, days, g.now)
            flash(_("Redaksi %(kim)s terbuka lagi. Silakan masuk.", kim=kim.name), "ok")
            return redirect(url_for("desk.sign_in"), 303)
    except Refused as refusal:
        problem, status = sentences.sentence(refusal), sentences.status(refusal)
    page = {"form": form, "kim": kim, "problem": problem}
    return render_template("desk/account/wake.html", **page), status
