"""Own pages of the portal, edited by Diskominfo, and of a subsite, edited by its head: written,
looked at, saved, undone, moved in the menu, deleted."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.models.ownpage import OwnPage
from kimcms.queries import banners
from kimcms.queries import ownpages as shelf
from kimcms.services import ownpages
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, in_kim, on_city_page, on_own_page
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.portal_forms import LEVELS
from kimcms.web.desk.stepped_forms import MoveForm, OwnPageForm

_OWN = "/k/<kim>/rumah/halaman"


@desk.get("/portal/")
@in_city(Verb.MANAGE_PORTAL)
def portal_overview() -> str:
    return render_template(
        "desk/portal/overview.html",
        pages=shelf.pages(None),
        banners=banners.banners(),
        levels=LEVELS,
        button=ButtonForm(),
    )


@desk.get("/portal/halaman/baru")
@in_city(Verb.MANAGE_PORTAL)
def city_page_new() -> str:
    return _form(OwnPageForm(), None, None)


@desk.post("/portal/halaman/baru")
@in_city(Verb.MANAGE_PORTAL)
def city_page_create() -> Any:
    return _step(OwnPageForm(), None, None)


@desk.get("/portal/halaman/<int:page_id>")
@on_city_page
def city_page_edit(page: OwnPage) -> str:
    return _form(OwnPageForm(data=OwnPageForm.values_of(page)), None, page)


@desk.post("/portal/halaman/<int:page_id>")
@on_city_page
def city_page_change(page: OwnPage) -> Any:
    return _step(OwnPageForm(), None, page)


@desk.post("/portal/halaman/<int:page_id>/urungkan")
@on_city_page
def city_page_undo(page: OwnPage) -> Response:
    return _undo(None, page)


@desk.post("/portal/halaman/<int:page_id>/pindah")
@on_city_page
def city_page_move(page: OwnPage) -> Response:
    return _move(None, page)


@desk.post("/portal/halaman/<int:page_id>/hapus")
@on_city_page
def city_page_delete(page: OwnPage) -> Response:
    return _delete(None, page)


@desk.get(f"{_OWN}/baru")
@in_kim(Verb.MANAGE_LOOK)
def own_page_new(kim: Kim) -> str:
    return _form(OwnPageForm(), kim, None)


@desk.post(f"{_OWN}/baru")
@in_kim(Verb.MANAGE_LOOK)
def own_page_create(kim: Kim) -> Any:
    return _step(OwnPageForm(), kim, None)


@desk.get(f"{_OWN}/<int:leaf_id>")
@on_own_page(Verb.MANAGE_LOOK)
def own_page_edit(kim: Kim, page: OwnPage) -> str:
    return _form(OwnPageForm(data=OwnPageForm.values_of(page)), kim, page)


@desk.post(f"{_OWN}/<int:leaf_id>")
@on_own_page(Verb.MANAGE_LOOK)
def own_page_change(kim: Kim, page: OwnPage) -> Any:
    return _step(OwnPageForm(), kim, page)


@desk.post(f"{_OWN}/<int:leaf_id>/urungkan")
@on_own_page(Verb.MANAGE_LOOK)
def own_page_undo(kim: Kim, page: OwnPage) -> Response:
    return _undo(kim, page)


@desk.post(f"{_OWN}/<int:leaf_id>/pindah")
@on_own_page(Verb.MANAGE_LOOK)
def own_page_move(kim: Kim, page: OwnPage) -> Response:
    return _move(kim, page)


@desk.post(f"{_OWN}/<int:leaf_id>/hapus")
@on_own_page(Verb.MANAGE_LOOK)
def own_page_delete(kim: Kim, page: OwnPage) -> Response:
    return _delete(kim, page)


def _step(form: OwnPageForm, kim: Kim | None, page: OwnPage | None) -> Any:
    """First the page as readers will see it, then saved."""
    if not form.validate_on_submit():
        return _form(form, kim, page), 422
    try:
        seen = form.words().cleaned()
        if not form.confirmed:
            return _form(form, kim, page, seen=seen)
        if page is None:
            page = ownpages.create(actor(), kim, form.words(), g.now, form.kunci.data)
        else:
            ownpages.change(actor(), page, form.words(), form.versi.data or 0, g.now)
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        return _form(form, kim, page, problem=problem), sentences.status(refusal)
    said = _("Halaman tersimpan dan tampil.") if page.published else _("Halaman tersimpan.")
    flash(f"{said} " + _("Kalau keliru, urungkan di bawah."), "ok")
    return _back(kim, page)


def _form(form: OwnPageForm, kim: Kim | None, page: OwnPage | None, **shown: Any) -> str:
    return render_template("desk/ownpages/form.html", form=form, kim=kim, page=page, **shown)


def _undo(kim: Kim | None, page: OwnPage) -> Response:
    ownpages.undo(actor(), page, g.now)
    flash(_("Perubahan terakhir diurungkan. Urungkan sekali lagi untuk mengembalikannya."), "ok")
    return _back(kim, page)


def _move(kim: Kim | None, page: OwnPage) -> Response:
    form = MoveForm()
    if form.validate_on_submit():
        ownpages.move(actor(), page, g.now, up=form.up)
    else:
        flash(_("Pilih naik atau turun."), "error")
    return _back(kim, page)


def _delete(kim: Kim | None, page: OwnPage) -> Response:
    title = page.title
    ownpages.delete(actor(), page, g.now)
    flash(_("Halaman “%(title)s” sudah dihapus.", title=title), "ok")
    return _back(kim, None)


def _back(kim: Kim | None, page: OwnPage | None) -> Response:
    mark = f"halaman-{page.id}" if page else "halaman"
    if kim is None:
        return redirect(url_for("desk.portal_overview", _anchor=mark), 303)
    return redirect(url_for("desk.house", kim=kim.slug, _anchor=mark), 303)
