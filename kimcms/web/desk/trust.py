"""Whether the Forum reads a KIM's items before or after they stand in the city feed."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.services import review
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim
from kimcms.web.desk import desk, register
from kimcms.web.desk.review_forms import TrustForm


@desk.post("/k/<kim>/daftar/tinjauan")
@in_kim(Verb.REVIEW)
def kim_trust(kim: Kim) -> Any:
    form = TrustForm()
    if not form.validate_on_submit():
        return register.sheet(kim, form), 422
    after = form.cara.data == "sesudah"
    try:
        review.set_trust(actor(), kim, after, form.alasan.data or "", g.now)
    except Refused as refusal:
        return register.sheet(kim, form, sentences.sentence(refusal)), sentences.status(refusal)
    said = _("Berita KIM ini sekarang langsung tampil di portal kota, lalu dibaca.")
    back = _("Berita KIM ini sekarang menunggu tinjauan lebih dulu.")
    flash(said if after else back, "ok")
    return redirect(url_for("desk.kim_sheet", kim=kim.slug), 303)
