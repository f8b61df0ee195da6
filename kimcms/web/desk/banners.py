"""The emergency banner, put up by Diskominfo: written, looked at, shown, ended."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.banner import Level
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.banner import Banner
from kimcms.services import banners
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_banner
from kimcms.web.desk import desk
from kimcms.web.desk.portal_forms import LEVELS, BannerForm


@desk.get("/portal/pengumuman")
@in_city(Verb.MANAGE_PORTAL)
def banner_new() -> str:
    return _form(BannerForm())


@desk.post("/portal/pengumuman")
@in_city(Verb.MANAGE_PORTAL)
def banner_put_up() -> Any:
    """First the banner as readers will see it, then put up."""
    form = BannerForm()
    if not form.validate_on_submit():
        return _form(form), 422
    try:
        drafted = banners.drafted(
            form.teks.data or "",
            form.tautan.data or "",
            Level(form.tingkat.data),
            form.starts(),
            form.ends(),
            g.now,
        )
        if not form.confirmed:
            return _form(form, seen=drafted)
        banners.put_up(actor(), drafted, g.now, form.kunci.data)
    except Refused as refusal:
        return _form(form, problem=sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Pengumuman terpasang di portal dan semua situs KIM."), "ok")
    return redirect(url_for("desk.portal_overview"), 303)


@desk.post("/portal/pengumuman/<int:banner_id>/akhiri")
@on_banner
def banner_end(banner: Banner) -> Response:
    banners.end(actor(), banner, g.now)
    flash(_("Pengumuman diakhiri."), "ok")
    return redirect(url_for("desk.portal_overview"), 303)


def _form(form: BannerForm, **shown: Any) -> str:
    return render_template("desk/portal/banner.html", form=form, levels=LEVELS, **shown)
