"""How a subsite looks, and what it says of itself."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.services import kims, media
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim
from kimcms.web.desk import desk
from kimcms.web.desk.forms import LookForm
from kimcms.web.tools import tools


@desk.get("/k/<kim>/tampilan")
@in_kim(Verb.MANAGE_LOOK)
def look(kim: Kim) -> str:
    form = LookForm(
        data={
            "semboyan": kim.tagline,
            "tentang": kim.about,
            "alamat": kim.address,
            "telepon": kim.phone,
            "surel": kim.email,
            "warna": kim.accent,
        }
    )
    return render_template("desk/look.html", kim=kim, form=form)


@desk.post("/k/<kim>/tampilan")
@in_kim(Verb.MANAGE_LOOK)
def look_save(kim: Kim) -> Any:
    form = LookForm()
    if not form.validate_on_submit():
        return render_template("desk/look.html", kim=kim, form=form), 422
    try:
        picture = form.picture()
        logo = None if form.hapus_logo.data else kim.logo_id
        if picture is not None:
            logo = media.add(actor(), kim, picture, tools().media, g.now).id
        kims.shape(
            actor(),
            kim,
            g.now,
            tagline=form.semboyan.data or "",
            about=form.tentang.data or "",
            address=form.alamat.data or "",
            phone=form.telepon.data or "",
            email=form.surel.data or "",
            accent=form.warna.data,
            logo_id=logo,
        )
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        page = render_template("desk/look.html", kim=kim, form=form, problem=problem)
        return page, sentences.status(refusal)
    flash(_("Tampilan situs tersimpan."), "ok")
    return redirect(url_for("desk.look", kim=kim.slug), 303)
