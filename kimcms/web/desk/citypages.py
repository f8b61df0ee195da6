"""The portal's own pages, edited by Diskominfo: written, looked at, saved, undone."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.citypage import CityPage
from kimcms.queries import citypages as shelf
from kimcms.services import citypages
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_city_page
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.portal_forms import LEVELS, CityPageForm


@desk.get("/portal/")
@in_city(Verb.MANAGE_PORTAL)
def portal_overview() -> str:
    return render_template(
        "desk/portal/overview.html",
        pages=shelf.pages(),
        banners=shelf.banners(),
        levels=LEVELS,
        button=ButtonForm(),
    )


@desk.get("/portal/halaman/baru")
@in_city(Verb.MANAGE_PORTAL)
def city_page_new() -> str:
    return _form(CityPageForm(), None)


@desk.post("/portal/halaman/baru")
@in_city(Verb.MANAGE_PORTAL)
def city_page_create() -> Any:
    return _step(CityPageForm(), None)


@desk.get("/portal/halaman/<int:page_id>")
@on_city_page
def city_page_edit(page: CityPage) -> str:
    return _form(CityPageForm(data=CityPageForm.values_of(page)), page)


@desk.post("/portal/halaman/<int:page_id>")
@on_city_page
def city_page_change(page: CityPage) -> Any:
    return _step(CityPageForm(), page)


@desk.post("/portal/halaman/<int:page_id>/urungkan")
@on_city_page
def city_page_undo(page: CityPage) -> Response:
    citypages.undo(actor(), page, g.now)
    flash(_("Perubahan terakhir diurungkan. Urungkan sekali lagi untuk mengembalikannya."), "ok")
    return redirect(url_for("desk.portal_overview"), 303)


def _step(form: CityPageForm, page: CityPage | None) -> Any:
    """First the page as readers will see it, then saved."""
    if not form.validate_on_submit():
        return _form(form, page), 422
    try:
        seen = form.words().cleaned()
        if not form.confirmed:
            return _form(form, page, seen=seen)
        if page is None:
            citypages.create(actor(), form.words(), g.now, form.kunci.data)
        else:
            citypages.change(actor(), page, form.words(), form.versi.data or 0, g.now)
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        return _form(form, page, problem=problem), sentences.status(refusal)
    flash(_("Halaman tersimpan. Kalau keliru, urungkan di bawah."), "ok")
    return redirect(url_for("desk.portal_overview"), 303)


def _form(form: CityPageForm, page: CityPage | None, **shown: Any) -> str:
    return render_template("desk/portal/page.html", form=form, page=page, **shown)
