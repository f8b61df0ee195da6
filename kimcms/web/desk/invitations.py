"""Invitations to KIMs, and who came."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from kimcms.domain.clock import day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.evidence import Invitation
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import invitations as shelf
from kimcms.queries import kims as register
from kimcms.queries.paging import Cursor
from kimcms.services import invitations
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_invitation
from kimcms.web.desk import desk
from kimcms.web.desk.evidence_forms import AttendanceForm, CancelForm, InvitationForm


@desk.get("/undangan/")
@in_city(Verb.SEE_REGISTER)
def invitation_list() -> str:
    return render_template(
        "desk/invitations/list.html",
        page=shelf.page(Cursor.read(request.args.get("sesudah"))),
        today=day_of(g.now),
    )


@desk.get("/undangan/baru")
@in_city(Verb.INVITE)
def invitation_new() -> str:
    kims = register.open_kims()
    return _form(_with(InvitationForm(), kims), kims)


@desk.post("/undangan/baru")
@in_city(Verb.INVITE)
def invitation_make() -> Any:
    kims = register.open_kims()
    form = _with(InvitationForm(), kims)
    if not form.validate_on_submit():
        return _form(form, kims), 422
    chosen = set(form.kim.data or ())
    guests = kims if form.siapa.data == "semua" else [k for k in kims if str(k.id) in chosen]
    try:
        made = invitations.make(
            actor(),
            form.acara.data or "",
            form.tanggal.data,
            form.tempat.data or "",
            guests,
            g.now,
            form.kunci.data,
        )
    except Refused as refusal:
        return _form(form, kims, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("%(count)s KIM diundang; ketuanya diberi tahu.", count=len(guests)), "ok")
    return redirect(url_for("desk.invitation_page", invitation_id=made.id), 303)


@desk.get("/undangan/<int:invitation_id>")
@on_invitation(Verb.SEE_REGISTER)
def invitation_page(invitation: Invitation) -> str:
    return _page(invitation, CancelForm(formdata=None))


@desk.post("/undangan/<int:invitation_id>/hadir")
@on_invitation(Verb.INVITE)
def invitation_tick(invitation: Invitation) -> Any:
    form = AttendanceForm()
    form.hadir.choices = [
        SelectChoice(str(guest.kim_id), guest.kim) for guest in shelf.guests(invitation.id)
    ]
    if not form.validate_on_submit():
        said = sentences.sentence(Refused("invitation_guest"))
        return _page(invitation, CancelForm(formdata=None), said), 422
    came = {int(kim_id) for kim_id in form.hadir.data or ()}
    try:
        count, left = invitations.tick(actor(), invitation, came, g.now)
    except Refused as refusal:
        page = _page(invitation, CancelForm(formdata=None), sentences.sentence(refusal))
        return page, sentences.status(refusal)
    said = _("Kehadiran tercatat: %(count)s KIM hadir.", count=count)
    if left:
        said += " " + _("KIM Anda sendiri dicatat penyelenggara lain.")
    flash(said, "ok")
    return redirect(url_for("desk.invitation_page", invitation_id=invitation.id), 303)


@desk.post("/undangan/<int:invitation_id>/batal")
@on_invitation(Verb.INVITE)
def invitation_cancel(invitation: Invitation) -> Any:
    form = CancelForm()
    if not form.validate_on_submit():
        return _page(invitation, form), 422
    try:
        invitations.cancel(actor(), invitation, form.alasan.data or "", g.now)
    except Refused as refusal:
        if refusal.code == "invitation_reason":
            form.alasan.errors = [sentences.sentence(refusal)]
            return _page(invitation, form), sentences.status(refusal)
        return _page(invitation, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Acara dibatalkan dan tidak dihitung untuk siapa pun. KIM diberi tahu."), "ok")
    return redirect(url_for("desk.invitation_page", invitation_id=invitation.id), 303)


def _with(form: InvitationForm, kims: list[Kim]) -> InvitationForm:
    form.kim.choices = [SelectChoice(str(kim.id), kim.name) for kim in kims]
    return form


def _form(form: InvitationForm, kims: list[Kim], problem: str | None = None) -> str:
    return render_template(
        "desk/invitations/form.html",
        form=form,
        kims=kims,
        problem=problem,
        today=day_of(g.now),
    )


def _page(invitation: Invitation, cancel: CancelForm, problem: str | None = None) -> str:
    guests = shelf.guests(invitation.id)
    mine = {guest.kim_id for guest in guests if actor().may(Verb.INVITE, guest.kim_id, g.now)}
    return render_template(
        "desk/invitations/page.html",
        invitation=invitation,
        host=people.user(invitation.made_by) if invitation.made_by else None,
        guests=guests,
        mine=mine,
        over=invitation.day <= day_of(g.now),
        ticked=any(guest.proof.verified_at for guest in guests),
        off=bool(guests) and all(guest.proof.returned_at for guest in guests),
        form=AttendanceForm(formdata=None),
        cancel=cancel,
        problem=problem,
    )
