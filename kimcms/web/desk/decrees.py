"""Decrees (SK) of a KIM: entered by its head, verified by Diskominfo, renewed in time."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain.board import HEAD
from kimcms.domain.clock import day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role, Verb, strongest
from kimcms.models.decree import Decree
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import decrees as shelves
from kimcms.queries import files as kept
from kimcms.queries import kims as register
from kimcms.services import decrees, files, renewals
from kimcms.web import sentences, words
from kimcms.web.access import actor, in_city, in_kim, on_decree
from kimcms.web.desk import decree_words, desk
from kimcms.web.desk.decree_forms import DecreeForm, RefuseForm, ReturnForm, VerifyForm
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.links import desk_url
from kimcms.web.tools import tools


@desk.get("/sk/")
@in_city(Verb.SEE_REGISTER)
def decree_queue() -> str:
    """What Diskominfo has to answer, for all KIMs."""
    return render_template(
        "desk/decrees/queue.html",
        to_verify=shelves.to_verify(),
        to_renew=shelves.to_renew(g.now),
    )


@desk.get("/k/<kim>/sk/")
@in_kim(Verb.SEE_FILES)
def decree_list(kim: Kim) -> str:
    shelf = shelves.shelf(kim.id, g.now)
    return render_template(
        "desk/decrees/list.html",
        kim=kim,
        shelf=shelf,
        told=decree_words.told(shelf),
        names=decree_words.PAPERS,
        button=ButtonForm(),
        may_enter=actor().may(Verb.ENTER_DECREE, kim.id, g.now),
        may_verify=actor().may(Verb.VERIFY_DECREE, kim.id, g.now),
    )


@desk.get("/k/<kim>/sk/baru")
@in_kim(Verb.ENTER_DECREE)
def decree_new(kim: Kim) -> str:
    return _form(kim, DecreeForm(data={"penanda_tangan": _("Lurah ") + kim.kelurahan.name}))


@desk.post("/k/<kim>/sk/baru")
@in_kim(Verb.ENTER_DECREE)
def decree_enter(kim: Kim) -> Any:
    form = DecreeForm()
    if not form.validate_on_submit():
        return _form(kim, form), 422
    try:
        decrees.check(form.paper(), g.now)
        scan_id = _scan(kim, form)
        made = decrees.enter(
            actor(), kim, form.paper(), g.now, scan_id=scan_id, key=form.kunci.data
        )
    except Refused as refusal:
        return _form(kim, form, refusal=refusal), sentences.status(refusal)
    flash(_("SK tercatat. Diskominfo diberi tahu untuk memeriksanya."), "ok")
    return redirect(url_for("desk.decree_detail", kim=kim.slug, decree_id=made.id), 303)


@desk.get("/k/<kim>/sk/<int:decree_id>")
@on_decree(Verb.SEE_FILES)
def decree_detail(kim: Kim, decree: Decree) -> str:
    return _detail(kim, decree)


@desk.get("/k/<kim>/sk/<int:decree_id>/ubah")
@on_decree(Verb.ENTER_DECREE)
def decree_correct_page(kim: Kim, decree: Decree) -> str:
    if decree.verified_at is not None:
        raise Refused("decree_verified")
    return _form(kim, DecreeForm(data=DecreeForm.values_of(decree)), decree)


@desk.post("/k/<kim>/sk/<int:decree_id>/ubah")
@on_decree(Verb.ENTER_DECREE)
def decree_correct(kim: Kim, decree: Decree) -> Any:
    form = DecreeForm()
    if not form.validate_on_submit():
        return _form(kim, form, decree), 422
    try:
        decrees.check(form.paper(), g.now)
        decrees.correct(actor(), decree, form.paper(), g.now, scan_id=_scan(kim, form))
    except Refused as refusal:
        return _form(kim, form, decree, refusal), sentences.status(refusal)
    flash(_("Perubahan tersimpan. Diskominfo diberi tahu."), "ok")
    return redirect(url_for("desk.decree_detail", kim=kim.slug, decree_id=decree.id), 303)


@desk.get("/k/<kim>/sk/<int:decree_id>/verifikasi")
@on_decree(Verb.VERIFY_DECREE)
def decree_verify_page(kim: Kim, decree: Decree) -> str:
    if decree.verified_at is not None:
        raise Refused("already_verified")
    return _verify(kim, decree, VerifyForm(_members(kim)))


@desk.post("/k/<kim>/sk/<int:decree_id>/verifikasi")
@on_decree(Verb.VERIFY_DECREE)
def decree_verify(kim: Kim, decree: Decree) -> Any:
    form = VerifyForm(_members(kim))
    if not form.validate_on_submit():
        return _verify(kim, decree, form), 422
    try:
        done = decrees.verify(actor(), decree, g.now, form.head())
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        return _verify(kim, decree, form, problem), sentences.status(refusal)
    if done.link is not None:
        token = tools().signer.token(done.link.id)
        address = desk_url(url_for("desk.one_time_link", token=token))
        return _detail(kim, decree, user=done.head, address=address)
    flash(_("SK terverifikasi dan langsung berlaku."), "ok")
    return redirect(url_for("desk.decree_detail", kim=kim.slug, decree_id=decree.id), 303)


@desk.post("/k/<kim>/sk/<int:decree_id>/kembalikan")
@on_decree(Verb.VERIFY_DECREE)
def decree_return(kim: Kim, decree: Decree) -> Any:
    form = ReturnForm()
    if not form.validate_on_submit():
        return _verify(kim, decree, VerifyForm(_members(kim), formdata=None), back=form), 422
    try:
        decrees.give_back(actor(), decree, form.alasan.data or "", g.now)
    except Refused as refusal:
        form.alasan.errors = [sentences.sentence(refusal)]
        page = _verify(kim, decree, VerifyForm(_members(kim), formdata=None), back=form)
        return page, sentences.status(refusal)
    flash(_("SK dikembalikan. Ketua KIM diberi tahu alasannya."), "ok")
    return redirect(url_for("desk.decree_detail", kim=kim.slug, decree_id=decree.id), 303)


@desk.post("/k/<kim>/sk/<int:decree_id>/perpanjangan")
@on_decree(Verb.ENTER_DECREE)
def renewal_request(kim: Kim, decree: Decree) -> Any:
    renewals.request(actor(), decree, g.now)
    flash(_("Permintaan perpanjangan tercatat. Diskominfo diberi tahu."), "ok")
    return redirect(url_for("desk.decree_list", kim=kim.slug), 303)


@desk.post("/k/<kim>/sk/<int:decree_id>/perpanjangan/tolak")
@on_decree(Verb.VERIFY_DECREE)
def renewal_refuse(kim: Kim, decree: Decree) -> Any:
    form = RefuseForm()
    if not form.validate_on_submit():
        return _detail(kim, decree, refuse=form), 422
    try:
        renewals.refuse(actor(), decree, form.alasan.data or "", g.now)
    except Refused as refusal:
        form.alasan.errors = [sentences.sentence(refusal)]
        return _detail(kim, decree, refuse=form), sentences.status(refusal)
    flash(_("Jawaban tersimpan. Ketua KIM diberi tahu."), "ok")
    return redirect(url_for("desk.decree_detail", kim=kim.slug, decree_id=decree.id), 303)


@desk.get("/k/<kim>/sk/<int:decree_id>/surat")
@on_decree(Verb.ENTER_DECREE)
def renewal_letter(kim: Kim, decree: Decree) -> str:
    """The letter to the lurah, filled in, as a page to print."""
    board = register.board(kim.id)
    named = {seat.position: seat.name for seat in reversed(board)}
    return render_template(
        "desk/decrees/letter.html",
        kim=kim,
        decree=decree,
        board=board,
        head=named.get(HEAD, ""),
        secretary=named.get("Sekretaris", ""),
        today=day_of(g.now),
    )


def _scan(kim: Kim, form: DecreeForm) -> int | None:
    chosen = form.scan()
    if chosen is None:
        return None
    name, data = chosen
    try:
        return files.add(actor(), kim, Verb.ENTER_DECREE, name, data, tools().private, g.now).id
    except Refused as refusal:
        form.pindaian.errors = [sentences.sentence(refusal)]
        raise


def _form(
    kim: Kim, form: DecreeForm, decree: Decree | None = None, refusal: Refused | None = None
) -> str:
    # A problem of the scan stands beside its field, with words of its own.
    problem = sentences.sentence(refusal) if refusal and not form.pindaian.errors else None
    return render_template(
        "desk/decrees/form.html", kim=kim, form=form, decree=decree, problem=problem
    )


def _detail(kim: Kim, decree: Decree, refuse: RefuseForm | None = None, **more: Any) -> str:
    shelf = shelves.shelf(kim.id, g.now)
    return render_template(
        "desk/decrees/detail.html",
        kim=kim,
        decree=decree,
        line=shelf.line(decree.id),
        shelf=shelf,
        told=decree_words.told(shelf),
        names=decree_words.PAPERS,
        scan=kept.file(kim.id, decree.scan_id) if decree.scan_id else None,
        refuse=refuse or RefuseForm(formdata=None),
        button=ButtonForm(),
        may_enter=actor().may(Verb.ENTER_DECREE, kim.id, g.now),
        may_verify=actor().may(Verb.VERIFY_DECREE, kim.id, g.now),
        **more,
    )


def _verify(
    kim: Kim,
    decree: Decree,
    form: VerifyForm,
    problem: str | None = None,
    back: ReturnForm | None = None,
) -> str:
    return render_template(
        "desk/decrees/verify.html",
        kim=kim,
        decree=decree,
        scan=kept.file(kim.id, decree.scan_id) if decree.scan_id else None,
        form=form,
        back=back or ReturnForm(formdata=None),
        problem=problem,
    )


def _members(kim: Kim) -> list[tuple[int, str]]:
    """Everybody of the KIM once, by name, with the strongest role."""
    roles: dict[tuple[int, str], list[Role]] = {}
    for m in people.members(kim.id, g.now):
        roles.setdefault((m.user_id, m.name), []).append(m.role)
    return [
        (user_id, f"{name}, {words.ROLES[strongest(held) or held[0]]}")
        for (user_id, name), held in roles.items()
    ]
