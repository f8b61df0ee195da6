"""The KIM's own house: one place for what its subsite says of it and how it looks. Everything is
looked at as readers will see it, then saved, and stands on the subsite at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain.house import MOST_LINKS
from kimcms.domain.ownpage import IN_MENU, MOST_PAGES
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import house as box_names
from kimcms.queries import kims, ownpages
from kimcms.services import house as furniture
from kimcms.services import media
from kimcms.services.house import Values
from kimcms.storage.logos import square
from kimcms.web import sentences, words
from kimcms.web.access import actor, in_kim
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.house_forms import BoxForm, LinksForm, LookForm, ProfileForm
from kimcms.web.desk.stepped_forms import SteppedForm
from kimcms.web.tools import tools

_HOUSE = "/k/<kim>/rumah"


@desk.get(f"{_HOUSE}/")
@in_kim(Verb.MANAGE_LOOK)
def house(kim: Kim) -> str:
    return render_template(
        "desk/house/house.html",
        kim=kim,
        pages=ownpages.pages(kim.id),
        accent=words.ACCENT_NAMES[kim.accent],
        most_pages=MOST_PAGES,
        in_menu=IN_MENU,
        button=ButtonForm(),
        **_box(kim),
    )


@desk.get(f"{_HOUSE}/profil")
@in_kim(Verb.MANAGE_LOOK)
def house_profile(kim: Kim) -> str:
    return _page("profile", kim, ProfileForm(data=ProfileForm.values_of(kim)))


@desk.post(f"{_HOUSE}/profil")
@in_kim(Verb.MANAGE_LOOK)
def house_profile_save(kim: Kim) -> Any:
    form = ProfileForm()

    def made() -> Values:
        fields = (form.semboyan, form.tentang, form.alamat, form.telepon, form.surel)
        return furniture.profile(*(field.data or "" for field in fields))

    return _step("profile", kim, form, made)


@desk.get(f"{_HOUSE}/tampilan")
@in_kim(Verb.MANAGE_LOOK)
def house_look(kim: Kim) -> str:
    return _page("look", kim, LookForm(data=LookForm.values_of(kim)))


@desk.post(f"{_HOUSE}/tampilan")
@in_kim(Verb.MANAGE_LOOK)
def house_look_save(kim: Kim) -> Any:
    form = LookForm()

    def made() -> Values:
        picture = form.picture()
        if picture is not None:
            logo = media.keep(
                actor(), kim, square(picture), tools().media, g.now, verb=Verb.MANAGE_LOOK
            )
            form.logo_id.data, form.hapus_logo.data = logo.id, False
        logo_id = None if form.hapus_logo.data else form.logo_id.data
        return furniture.look(kim, form.warna.data, logo_id)

    return _step("look", kim, form, made)


@desk.get(f"{_HOUSE}/tautan")
@in_kim(Verb.MANAGE_LOOK)
def house_links(kim: Kim) -> str:
    return _page("links", kim, LinksForm(data=LinksForm.values_of(kim)))


@desk.post(f"{_HOUSE}/tautan")
@in_kim(Verb.MANAGE_LOOK)
def house_links_save(kim: Kim) -> Any:
    form = LinksForm()
    return _step("links", kim, form, lambda: furniture.links(form.pairs()))


@desk.get(f"{_HOUSE}/redaksi")
@in_kim(Verb.MANAGE_LOOK)
def house_box(kim: Kim) -> str:
    return _page("box", kim, BoxForm(data=BoxForm.values_of(kim)))


@desk.post(f"{_HOUSE}/redaksi")
@in_kim(Verb.MANAGE_LOOK)
def house_box_save(kim: Kim) -> Any:
    form = BoxForm()
    return _step(
        "box",
        kim,
        form,
        lambda: furniture.box(form.penanggung.data or "", form.editor.data or ""),
    )


def _step(room: str, kim: Kim, form: SteppedForm, made: Callable[[], Values]) -> Any:
    """First as readers will see it, then saved."""
    if not form.validate_on_submit():
        return _page(room, kim, form), 422
    try:
        values = made()
        if not form.confirmed:
            return _page(room, kim, form, seen=values)
        furniture.furnish(actor(), kim, values, g.now)
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        return _page(room, kim, form, problem=problem), sentences.status(refusal)
    flash(_("Tersimpan. Pembaca langsung melihatnya."), "ok")
    return redirect(url_for("desk.house", kim=kim.slug), 303)


def _page(room: str, kim: Kim, form: SteppedForm, **shown: Any) -> str:
    more = _box(kim) if room == "box" else {}
    return render_template(
        f"desk/house/{room}.html", kim=kim, form=form, most_links=MOST_LINKS, **more, **shown
    )


def _box(kim: Kim) -> dict[str, Any]:
    """What the redaksi box says where nothing was typed."""
    board = kims.board(kim.id)
    return {"board": board, "named": box_names.editors(kim.id, g.now)}
