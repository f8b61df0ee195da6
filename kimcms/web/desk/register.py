"""One KIM in the register, and the steps that Diskominfo takes about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from kimcms.domain.dormancy import asleep
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.domain.trust import proposes_after
from kimcms.models.kim import Kim
from kimcms.queries import kims
from kimcms.queries import register as shelves
from kimcms.services import register
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim, may_in
from kimcms.web.desk import desk, standing
from kimcms.web.desk.register_forms import (
    CloseForm,
    KimForm,
    MergeForm,
    SlugStepForm,
    StepForm,
)
from kimcms.web.desk.review_forms import TrustForm
from kimcms.web.tools import tools


@desk.get("/k/<kim>/daftar")
@in_kim(Verb.SEE_REGISTER)
def kim_sheet(kim: Kim) -> str:
    return sheet(kim, TrustForm(formdata=None))


def sheet(kim: Kim, form: TrustForm, problem: str | None = None) -> str:
    """All that the city knows of a KIM; `form` is how the Forum reads its items."""
    found = shelves.sheet(kim, g.now)
    return render_template(
        "desk/kims/sheet.html",
        kim=kim,
        sheet=found,
        trust_form=form,
        problem=problem,
        may_trust=may_in(Verb.REVIEW, kim),
        proposed=proposes_after(review_after=kim.review_after, accepted_first=kim.accepted_first),
        decree=standing.decree(found.decree),
        name_of=standing.name_of,
        asleep=asleep(kim, tools().settings.dormant_days, g.now),
        may=actor().may(Verb.MANAGE_REGISTER, kim.id, g.now) and kim.closed_at is None,
    )


@desk.get("/k/<kim>/daftar/ubah")
@in_kim(Verb.MANAGE_REGISTER)
def kim_edit_page(kim: Kim) -> str:
    return _edit(kim, KimForm(data=KimForm.values_of(kim)))


@desk.post("/k/<kim>/daftar/ubah")
@in_kim(Verb.MANAGE_REGISTER)
def kim_edit(kim: Kim) -> Any:
    form = KimForm()

    def do() -> Kim:
        return register.describe(
            actor(),
            kim,
            g.now,
            name=form.nama.data or "",
            founded_on=form.berdiri.data,
        )

    return _taken(form, do, _edit, kim, _("Data KIM disimpan."))


@desk.get("/k/<kim>/daftar/alamat")
@in_kim(Verb.MANAGE_REGISTER)
def kim_slug_page(kim: Kim) -> str:
    return _slug(kim, SlugStepForm())


@desk.post("/k/<kim>/daftar/alamat")
@in_kim(Verb.MANAGE_REGISTER)
def kim_slug(kim: Kim) -> Any:
    form = SlugStepForm()

    def do() -> Kim:
        wanted = (form.alamat.data or "").strip().lower()
        return register.change_slug(actor(), kim, wanted, form.alasan.data or "", g.now)

    return _taken(form, do, _slug, kim, _("Alamat diganti. Alamat lama mengarah ke sini."))


@desk.get("/k/<kim>/daftar/bekukan")
@in_kim(Verb.MANAGE_REGISTER)
def kim_suspend_page(kim: Kim) -> str:
    return _suspend(kim, StepForm())


@desk.post("/k/<kim>/daftar/bekukan")
@in_kim(Verb.MANAGE_REGISTER)
def kim_suspend(kim: Kim) -> Any:
    form = StepForm()

    def do() -> Kim:
        return register.suspend(actor(), kim, form.alasan.data or "", g.now)

    return _taken(form, do, _suspend, kim, _("Subsitus dibekukan."))


@desk.get("/k/<kim>/daftar/buka-kembali")
@in_kim(Verb.MANAGE_REGISTER)
def kim_resume_page(kim: Kim) -> str:
    return _resume(kim, StepForm())


@desk.post("/k/<kim>/daftar/buka-kembali")
@in_kim(Verb.MANAGE_REGISTER)
def kim_resume(kim: Kim) -> Any:
    form = StepForm()

    def do() -> Kim:
        return register.resume(actor(), kim, form.alasan.data or "", g.now)

    return _taken(form, do, _resume, kim, _("Subsitus terbuka lagi."))


@desk.get("/k/<kim>/daftar/tutup")
@in_kim(Verb.MANAGE_REGISTER)
def kim_close_page(kim: Kim) -> str:
    return _close(kim, CloseForm())


@desk.post("/k/<kim>/daftar/tutup")
@in_kim(Verb.MANAGE_REGISTER)
def kim_close(kim: Kim) -> Any:
    form = CloseForm()

    def do() -> Kim:
        return register.close(actor(), kim, form.ketik.data or "", form.alasan.data or "", g.now)

    return _taken(form, do, _close, kim, _("KIM ditutup."))


@desk.get("/k/<kim>/daftar/gabung")
@in_kim(Verb.MANAGE_REGISTER)
def kim_merge_page(kim: Kim) -> str:
    return _merge(kim, _merge_form(kim))


@desk.post("/k/<kim>/daftar/gabung")
@in_kim(Verb.MANAGE_REGISTER)
def kim_merge(kim: Kim) -> Any:
    form = _merge_form(kim)

    def do() -> Kim:
        into = kims.by_slug(form.ke.data or "")
        if into is None:
            raise Refused("kim_closed")
        return register.merge(
            actor(), kim, into, form.ketik.data or "", form.alasan.data or "", g.now
        )

    return _taken(form, do, _merge, kim, _("Kedua KIM digabung."))


def _taken(form: Any, do: Callable[[], Kim], page: Callable[..., str], kim: Kim, done: str) -> Any:
    """What was typed is taken, or comes back with what is wrong; then on to the KIM's page."""
    if not form.validate_on_submit():
        return page(kim, form), 422
    try:
        to = do()
    except Refused as refusal:
        return page(kim, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(done, "ok")
    return redirect(url_for("desk.kim_sheet", kim=to.slug), 303)


def _merge_form(kim: Kim) -> MergeForm:
    form = MergeForm()
    form.ke.choices = [("", _("Pilih KIM")), *((k.slug, k.name) for k in shelves.mergeable(kim))]
    return form


def _edit(kim: Kim, form: FlaskForm, problem: str | None = None) -> str:
    return render_template("desk/kims/edit.html", kim=kim, form=form, problem=problem)


def _slug(kim: Kim, form: FlaskForm, problem: str | None = None) -> str:
    return _step(
        kim,
        form,
        problem,
        title=_("Ganti alamat"),
        button=_("Ganti alamat"),
        says=[
            _("Alamat lama tidak bisa dipakai KIM lain dan selalu mengarah ke alamat baru."),
            _("Tautan yang sudah dibagikan tetap terbuka."),
        ],
    )


def _suspend(kim: Kim, form: FlaskForm, problem: str | None = None) -> str:
    return _step(
        kim,
        form,
        problem,
        title=_("Bekukan subsitus"),
        button=_("Ya, bekukan subsitus"),
        danger=True,
        says=[
            _("Pembaca tidak bisa membuka subsitus ini, dan beritanya hilang dari portal."),
            _("Redaksi KIM tetap bisa bekerja. Minggu terbit dan klasternya tidak berubah."),
        ],
    )


def _resume(kim: Kim, form: FlaskForm, problem: str | None = None) -> str:
    return _step(
        kim,
        form,
        problem,
        title=_("Buka kembali subsitus"),
        button=_("Ya, buka kembali"),
        says=[_("Semua berita yang terbit sebelum dibekukan langsung terbaca lagi.")],
    )


def _close(kim: Kim, form: FlaskForm, problem: str | None = None) -> str:
    return _step(
        kim,
        form,
        problem,
        title=_("Tutup KIM"),
        button=_("Tutup KIM ini untuk selamanya"),
        danger=True,
        says=[
            _("Ini tidak bisa dibatalkan. Subsitusnya hilang dan semua peran di KIM ini berakhir."),
            _("Alamatnya tidak bisa dipakai lagi. Kelurahan ini kemudian boleh membuka KIM baru."),
        ],
    )


def _merge(kim: Kim, form: FlaskForm, problem: str | None = None) -> str:
    return _step(
        kim,
        form,
        problem,
        title=_("Gabungkan ke KIM lain"),
        button=_("Gabungkan untuk selamanya"),
        danger=True,
        says=[
            _("%(kim)s ditutup dan semua peran di dalamnya berakhir.", kim=kim.name),
            _("Semua alamatnya mengarah ke beranda KIM yang dipilih; beritanya tidak ikut pindah."),
            _("Minggu terbit keduanya dihitung bersama. SK dan klaster KIM yang dipilih tetap."),
        ],
    )


def _step(
    kim: Kim,
    form: FlaskForm,
    problem: str | None,
    *,
    title: str,
    button: str,
    says: list[str],
    danger: bool = False,
) -> str:
    return render_template(
        "desk/kims/step.html",
        kim=kim,
        form=form,
        problem=problem,
        title=title,
        button=button,
        says=says,
        danger=danger,
    )
