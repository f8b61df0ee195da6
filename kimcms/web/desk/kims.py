"""The register of kelurahan and KIM."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.register import Condition, counts
from kimcms.domain.roles import Verb
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries import kims as register
from kimcms.queries import register as shelves
from kimcms.services import kims
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, in_kim
from kimcms.web.desk import desk, standing
from kimcms.web.desk.forms import AliasForm, ButtonForm, OpenKimForm
from kimcms.web.tools import tools


@desk.get("/kim/")
@in_city(Verb.SEE_REGISTER)
def kim_register() -> str:
    lines = shelves.lines(g.now)
    districts = sorted({(line.kecamatan_slug, line.kecamatan) for line in lines})
    # What names nothing filters nothing: an old link still shows the register.
    state = _one_of(request.args.get("keadaan"), [state.value for state in Condition])
    district = _one_of(request.args.get("kecamatan"), [slug for slug, _name in districts])
    return render_template(
        "desk/kims/register.html",
        places=[
            line
            for line in lines
            if state in (None, line.condition.value) and district in (None, line.kecamatan_slug)
        ],
        total=len(lines),
        counts=counts(line.condition for line in lines),
        districts=districts,
        chosen={"keadaan": state, "kecamatan": district},
        ended=shelves.ended(),
        name_of=standing.name_of,
    )


def _one_of(asked: str | None, known: list[str]) -> str | None:
    return asked if asked in known else None


@desk.get("/kim/buka/<kelurahan>")
@in_city(Verb.MANAGE_REGISTER)
def kim_open_page(kelurahan: str) -> str:
    return render_template("desk/kims/open.html", place=_place(kelurahan), form=OpenKimForm())


@desk.post("/kim/buka/<kelurahan>")
@in_city(Verb.MANAGE_REGISTER)
def kim_open(kelurahan: str) -> Any:
    place, form = _place(kelurahan), OpenKimForm()
    if not form.validate_on_submit():
        return render_template("desk/kims/open.html", place=place, form=form), 422
    try:
        kim = kims.open_kim(
            actor(), place, form.nama.data or "", (form.alamat.data or "").lower(), g.now
        )
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        page = render_template("desk/kims/open.html", place=place, form=form, problem=problem)
        return page, sentences.status(refusal)
    flash(_("%(kim)s dibuka. Undang ketuanya.", kim=kim.name), "ok")
    return redirect(url_for("desk.member_list", kim=kim.slug), 303)


@desk.get("/k/<kim>/domain")
@in_kim(Verb.MANAGE_REGISTER)
def kim_alias_page(kim: Kim) -> str:
    return _alias(kim, AliasForm(domain=kim.alias_domain))


@desk.post("/k/<kim>/domain")
@in_kim(Verb.MANAGE_REGISTER)
def kim_alias(kim: Kim) -> Any:
    form = AliasForm()
    if not form.validate_on_submit():
        return _alias(kim, form), 422
    try:
        domain = (form.domain.data or "").strip().lower() or None
        kims.set_alias(actor(), kim, domain, g.now, city_domain=tools().settings.domain)
    except Refused as refusal:
        return _alias(kim, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Domain disimpan."), "ok")
    return redirect(url_for("desk.kim_alias_page", kim=kim.slug), 303)


@desk.post("/k/<kim>/domain/verifikasi")
@in_kim(Verb.MANAGE_REGISTER)
def kim_alias_verify(kim: Kim) -> Any:
    """Diskominfo has seen that the domain leads here."""
    try:
        kims.verify_alias(actor(), kim, g.now)
    except Refused as refusal:
        flash(sentences.sentence(refusal), "error")
        return redirect(url_for("desk.kim_alias_page", kim=kim.slug), 303)
    flash(_("Domain terverifikasi dan menjadi alamat utama."), "ok")
    return redirect(url_for("desk.kim_alias_page", kim=kim.slug), 303)


def _alias(kim: Kim, form: AliasForm, problem: str | None = None) -> str:
    return render_template(
        "desk/kims/alias.html", kim=kim, form=form, button=ButtonForm(), problem=problem
    )


def _place(slug: str) -> Kelurahan:
    place = register.kelurahan_by_slug(slug)
    if place is None:
        abort(404)
    return place
