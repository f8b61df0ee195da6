"""Who works in a KIM, and who in the city."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role, Verb
from kimcms.models.account import Membership, OneTimeLink, User
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.services import members
from kimcms.web import sentences, words
from kimcms.web.access import actor, in_city, in_kim
from kimcms.web.desk import desk
from kimcms.web.desk.attention import phone
from kimcms.web.desk.forms import ButtonForm, CityMemberForm, LeaveForm, MemberForm, RoleForm
from kimcms.web.links import desk_url
from kimcms.web.tools import tools


@desk.get("/k/<kim>/anggota")
@in_kim(Verb.MANAGE_MEMBERS)
def member_list(kim: Kim) -> str:
    return _page(kim, MemberForm())


@desk.post("/k/<kim>/anggota")
@in_kim(Verb.MANAGE_MEMBERS)
def member_add(kim: Kim) -> Any:
    return _add(kim, MemberForm())


@desk.post("/k/<kim>/anggota/<int:membership_id>/akhiri")
@in_kim(Verb.MANAGE_MEMBERS)
def member_end(kim: Kim, membership_id: int) -> Any:
    return _end(kim, membership_id)


@desk.post("/k/<kim>/anggota/<int:membership_id>/tautan")
@in_kim(Verb.MANAGE_MEMBERS)
def member_link(kim: Kim, membership_id: int) -> Any:
    return _link(kim, membership_id)


@desk.post("/k/<kim>/anggota/<int:membership_id>/peran")
@in_kim(Verb.MANAGE_MEMBERS)
def member_change(kim: Kim, membership_id: int) -> Any:
    """Another role in the place of this one."""
    membership, user = _held(kim, membership_id)
    form = RoleForm()
    if not form.validate_on_submit():
        return _page(kim, MemberForm(formdata=None), problem=_("Pilih satu peran.")), 422
    try:
        members.change_role(actor(), membership, Role(form.peran.data), kim, g.now)
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        page = _page(kim, MemberForm(formdata=None), problem=problem)
        return page, sentences.status(refusal)
    role = words.ROLES[Role(form.peran.data)]
    flash(_("%(name)s sekarang %(role)s.", name=user.name, role=role), "ok")
    return redirect(_back(kim), 303)


@desk.get("/k/<kim>/keluar")
@in_kim(Verb.LEAVE)
def member_leave(kim: Kim) -> str:
    return _leave(kim, LeaveForm())


@desk.post("/k/<kim>/keluar")
@in_kim(Verb.LEAVE)
def member_leave_now(kim: Kim) -> Any:
    form = LeaveForm()
    try:
        if not (form.validate_on_submit() and form.yakin.data):
            raise Refused("leave_unsure")
        members.leave(actor(), kim, g.now)
    except Refused as refusal:
        return _leave(kim, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Anda sudah keluar dari %(kim)s. Terima kasih.", kim=kim.name), "ok")
    return redirect(url_for("desk.home"), 303)


def _leave(kim: Kim, form: LeaveForm, problem: str | None = None) -> str:
    return render_template("desk/leave.html", kim=kim, form=form, problem=problem)


@desk.get("/pengguna/")
@in_city(Verb.MANAGE_CITY_ROLES)
def city_member_list() -> str:
    return _page(None, CityMemberForm())


@desk.post("/pengguna/")
@in_city(Verb.MANAGE_CITY_ROLES)
def city_member_add() -> Any:
    return _add(None, CityMemberForm())


@desk.post("/pengguna/<int:membership_id>/akhiri")
@in_city(Verb.MANAGE_CITY_ROLES)
def city_member_end(membership_id: int) -> Any:
    return _end(None, membership_id)


@desk.post("/pengguna/<int:membership_id>/tautan")
@in_city(Verb.MANAGE_CITY_ROLES)
def city_member_link(membership_id: int) -> Any:
    return _link(None, membership_id)


def _page(kim: Kim | None, form: MemberForm, **more: Any) -> str:
    return render_template(
        "desk/members.html",
        kim=kim,
        form=form,
        members=people.members(kim.id if kim else None, g.now),
        button=ButtonForm(),
        role_form=RoleForm(formdata=None),
        **more,
    )


def _add(kim: Kim | None, form: MemberForm) -> Any:
    if not form.validate_on_submit():
        return _page(kim, form), 422
    try:
        user, link = members.invite(
            actor(), form.nama.data or "", form.akun.data or "", Role(form.peran.data), kim, g.now
        )
    except Refused as refusal:
        return _page(kim, form, problem=sentences.sentence(refusal)), sentences.status(refusal)
    if link is not None:
        return _sent(kim, user, link)
    said = _("%(name)s sekarang anggota.", name=user.name)
    if user.password_hash is None:
        said += " " + _("Akunnya dibuat di tempat lain: tautan masuknya diminta ke Diskominfo.")
    flash(said, "ok")
    return redirect(_back(kim), 303)


def _end(kim: Kim | None, membership_id: int) -> Any:
    membership, user = _held(kim, membership_id)
    members.end_role(actor(), membership, kim, g.now)
    flash(_("Peran %(name)s diakhiri.", name=user.name), "ok")
    return redirect(_back(kim), 303)


def _link(kim: Kim | None, membership_id: int) -> Any:
    _membership, user = _held(kim, membership_id)
    return _sent(kim, user, members.make_link(actor(), user, kim, g.now))


def _held(kim: Kim | None, membership_id: int) -> tuple[Membership, User]:
    """A role held here, and who holds it."""
    membership = people.membership(membership_id, kim.id if kim else None)
    user = people.user(membership.user_id) if membership else None
    if membership is None or user is None:
        abort(404)
    return membership, user


def _sent(kim: Kim | None, user: User, link: OneTimeLink) -> str:
    """The page with the link, to be copied, or sent by WhatsApp to the person's own number."""
    address = desk_url(url_for("desk.one_time_link", token=tools().signer.token(link.id)))
    form = MemberForm(formdata=None) if kim else CityMemberForm(formdata=None)
    to = phone(user.phone or "")
    return _page(kim, form, user=user, address=address, kind=link.kind.value, to=to)


def _back(kim: Kim | None) -> str:
    return url_for("desk.member_list", kim=kim.slug) if kim else url_for("desk.city_member_list")
