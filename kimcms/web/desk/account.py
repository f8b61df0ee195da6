"""Signing in and out, one-time links, passwords."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from kimcms.domain.refusal import Refused
from kimcms.models.account import OneTimeLink
from kimcms.queries import accounts as people
from kimcms.queries import kims
from kimcms.services import accounts, bylines, dormancy, links
from kimcms.web import sentences
from kimcms.web.access import anyone, signed_in, visitor
from kimcms.web.desk import desk
from kimcms.web.desk.forms import (
    BylineForm,
    ChangePasswordForm,
    PasswordForm,
    ResetForm,
    SignInForm,
)
from kimcms.web.tools import tools
from kimcms.web.visitors import load_visitor


def _address() -> str:
    return request.remote_addr or ""


@desk.get("/masuk")
@anyone
def sign_in() -> Any:
    if current_user.is_authenticated:
        return redirect(_next())
    return render_template("desk/account/sign_in.html", form=SignInForm())


@desk.post("/masuk")
@anyone
def sign_in_post() -> Any:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("desk/account/sign_in.html", form=form), 422
    try:
        token = accounts.sign_in(
            form.akun.data or "",
            form.sandi.data or "",
            _address(),
            request.user_agent.string,
            tools().passwords,
            g.now,
        )
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        page = render_template("desk/account/sign_in.html", form=form, problem=problem)
        return page, sentences.status(refusal)
    person = load_visitor(token)
    assert person is not None
    login_user(person)
    session.permanent = True
    rooms = kims.named(list(person.actor.kim_ids(g.now)))
    dormancy.seen(rooms, tools().settings.dormant_days, g.now)
    return redirect(_next(), 303)


def _next() -> str:
    """Where the person wanted to go: a path of this host, nothing else."""
    wanted = request.args.get("lanjut", "/")
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if safe else "/"


@desk.get("/sesi")
@anyone
def session_now() -> Any:
    """For scripts: who is signed in on this phone, and the token that forms carry now."""
    if not current_user.is_authenticated:
        abort(401)
    answer = jsonify(akun=visitor().user.id, token=generate_csrf())
    answer.headers["Cache-Control"] = "no-store"
    return answer


@desk.post("/keluar")
@signed_in
def sign_out() -> Response:
    accounts.sign_out(visitor().token, g.now)
    logout_user()
    session.clear()
    return redirect(url_for("desk.sign_in"), 303)


@desk.route("/lupa", methods=["GET", "POST"])
@anyone
def forgot() -> Any:
    """The answer is the same whether there is such an account or not."""
    form = ResetForm()
    if not form.validate_on_submit():
        return render_template("desk/account/forgot.html", form=form), 422 if form.errors else 200
    try:
        accounts.request_reset(form.akun.data or "", _address(), g.now)
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        page = render_template("desk/account/forgot.html", form=form, problem=problem)
        return page, sentences.status(refusal)
    return render_template("desk/account/forgot.html", form=form, sent=True)


@desk.route("/tautan/<token>", methods=["GET", "POST"])
@anyone
def one_time_link(token: str) -> Any:
    link = _link(token)
    form = PasswordForm()
    user = people.user(link.user_id)
    page = {"form": form, "user": user, "kind": link.kind.value}
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("desk/account/password.html", **page), status
    try:
        if form.sandi.data != form.sandi_ulang.data:
            raise Refused("password_differs")
        accounts.use_link(link, form.sandi.data or "", tools().passwords, g.now)
    except Refused as refusal:
        page["problem"] = sentences.sentence(refusal)
        return render_template("desk/account/password.html", **page), sentences.status(refusal)
    flash(_("Kata sandi tersimpan. Silakan masuk."), "ok")
    return redirect(url_for("desk.sign_in"), 303)


def _link(token: str) -> OneTimeLink:
    link_id = tools().signer.link_id(token)
    link = people.link(link_id) if link_id is not None else None
    if link is None:
        abort(404)
    if not links.usable(link, g.now):
        raise Refused("link_used")
    return link


@desk.route("/akun", methods=["GET", "POST"])
@signed_in
def own_account() -> Any:
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _own(form), 422 if form.errors else 200
    try:
        if form.sandi.data != form.sandi_ulang.data:
            raise Refused("password_differs")
        accounts.change_password(
            visitor().user,
            form.sandi_lama.data or "",
            form.sandi.data or "",
            tools().passwords,
            g.now,
        )
    except Refused as refusal:
        problem = sentences.sentence(refusal)
        return _own(form, problem), sentences.status(refusal)
    logout_user()
    flash(_("Kata sandi diganti. Masuk lagi dengan kata sandi baru."), "ok")
    return redirect(url_for("desk.sign_in"), 303)


def _own(form: ChangePasswordForm, problem: str | None = None) -> str:
    byline = BylineForm(tampil=visitor().user.byline_slug is not None)
    return render_template("desk/account/own.html", form=form, byline=byline, problem=problem)


@desk.post("/akun/nama")
@signed_in
def own_byline() -> Any:
    """Readers see the name of a pewarta only where the person says so here."""
    form = BylineForm()
    if not form.validate_on_submit():
        return _own(ChangePasswordForm(formdata=None)), 422
    user = bylines.show(visitor().user, g.now, shown=form.tampil.data)
    said = (
        _("Nama Anda sekarang tampil.") if user.byline_slug else _("Nama Anda tidak tampil lagi.")
    )
    flash(said, "ok")
    return redirect(url_for("desk.own_account"), 303)
