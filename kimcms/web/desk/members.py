"""Who works in a KIM, and who in the city."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role, Verb
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.services import accounts
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, in_kim
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm, CityMemberForm, MemberForm
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
        **more,
    )


def _add(kim: Kim | None, form: MemberForm) -> Any:
    if not form.validate_on_submit():
        return _page(kim, form), 422
    try:
        user, link = accounts.invite(
            actor(), form.nama.data or "", form.akun.data or "", Role(form.peran.data), kim, g.now
        )
    except Refused as refusal:
        return _page(kim, form, problem=sentences.sentence(refusal)), sentences.status(refusal)
    if link is None:
        flash(_("%(name)s sekarang anggota.", name=user.name), "ok")
        return redirect(_back(kim), 303)
    return _page(
        kim, type(form)(formdata=None), user=user, address=_address(link.id), kind="invite"
    )


def _end(kim: Kim | None, membership_id: int) -> Any:
    membership = people.membership(membership_id, kim.id if kim else None)
    if membership is None:
        abort(404)
    accounts.end_role(actor(), membership, kim, g.now)
    flash(_("Peran diakhiri."), "ok")
    return redirect(_back(kim), 303)


def _link(kim: Kim | None, membership_id: int) -> Any:
    membership = people.membership(membership_id, kim.id if kim else None)
    user = people.user(membership.user_id) if membership else None
    if user is None:
        abort(404)
    link = accounts.make_reset_link(actor(), user, kim, g.now)
    form = MemberForm(formdata=None) if kim else CityMemberForm(formdata=None)
    return _page(kim, form, user=user, address=_address(link.id), kind="reset")


def _address(link_id: int) -> str:
    """Shown to whoever may invite, to be copied and sent by WhatsApp."""
    return desk_url(url_for("desk.one_time_link", token=tools().signer.token(link_id)))


def _back(kim: Kim | None) -> str:
    return url_for("desk.member_list", kim=kim.slug) if kim else url_for("desk.city_member_list")
