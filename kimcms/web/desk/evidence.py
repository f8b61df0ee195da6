"""Proof that the organisation runs, as the KIM enters it on a phone."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.board import missing
from kimcms.domain.clock import day_of
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import boards, clusters, invitations
from kimcms.queries import evidence as shelf
from kimcms.queries.paging import Cursor
from kimcms.services import evidence, files
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim, on_proof
from kimcms.web.desk import desk, standing
from kimcms.web.desk import evidence_words as words
from kimcms.web.desk.evidence_forms import FORMS, BoardConfirmForm, ProofForm, values_of
from kimcms.web.tools import tools


@desk.get("/k/<kim>/bukti/")
@in_kim(Verb.SEE_FILES)
def evidence_list(kim: Kim) -> str:
    """What is there, what is missing, and the ways to hand it in."""
    card = clusters.card(kim.id)
    result = card.result if card else None
    return render_template(
        "desk/evidence/list.html",
        kim=kim,
        page=shelf.lines(kim.id, Cursor.read(request.args.get("sesudah"))),
        returned=shelf.returned([kim.id]),
        ahead=invitations.ahead(kim.id, day_of(g.now)),
        marks=[standing.mark(mark) for mark in result.organisation.marks] if result else [],
        judged_on=result.monday if result else None,
        may_enter=actor().may(Verb.ENTER_EVIDENCE, kim.id, g.now),
        proof_words=words,
        today=day_of(g.now),
    )


@desk.get("/k/<kim>/bukti/<int:proof_id>")
@on_proof(Verb.SEE_FILES)
def evidence_detail(kim: Kim, proof: Evidence) -> str:
    return render_template(
        "desk/evidence/detail.html",
        **shown(kim, proof),
        may_enter=actor().may(Verb.ENTER_EVIDENCE, kim.id, g.now),
        may_judge=evidence.may_judge(actor(), kim.id, g.now),
    )


def shown(kim: Kim, proof: Evidence) -> dict[str, Any]:
    """What a page about one proof shows of it."""
    seats = proof.details.get("seats", [])
    return {
        "kim": kim,
        "line": shelf.line(proof),
        "files": shelf.files(kim.id, proof.id),
        "seats": shelf.seats(kim.id, seats) if seats else [],
        "sender": people.user(proof.submitted_by) if proof.submitted_by else None,
        "judge": people.user(proof.verified_by) if proof.verified_by else None,
        "proof_words": words,
        "today": day_of(g.now),
    }


@desk.get("/k/<kim>/bukti/pengurus")
@in_kim(Verb.ENTER_EVIDENCE)
def evidence_board_page(kim: Kim) -> str:
    return _board(kim, BoardConfirmForm())


@desk.post("/k/<kim>/bukti/pengurus")
@in_kim(Verb.ENTER_EVIDENCE)
def evidence_board(kim: Kim) -> Any:
    """One tap, after a look at the list."""
    form = BoardConfirmForm()
    if not form.validate_on_submit():
        return _board(kim, form), 422
    try:
        made = evidence.confirm_board(
            actor(),
            kim,
            _("Konfirmasi susunan pengurus"),
            form.seat_ids(),
            g.now,
            form.kunci.data,
        )
    except Refused as refusal:
        return _board(kim, form, sentences.sentence(refusal)), sentences.status(refusal)
    return _sent(kim, made)


def _board(kim: Kim, form: BoardConfirmForm, problem: str | None = None) -> str:
    seats = boards.boards(kim.id).now
    return render_template(
        "desk/evidence/board.html",
        kim=kim,
        seats=seats,
        lacking=missing({seat.position for seat in seats}),
        form=form,
        problem=problem,
    )


@desk.get("/k/<kim>/bukti/kirim/<jenis>")
@in_kim(Verb.ENTER_EVIDENCE)
def evidence_new(kim: Kim, jenis: str) -> str:
    kind = words.PATHS.get(jenis) or abort(404)
    return _form(kim, FORMS[kind]())


@desk.post("/k/<kim>/bukti/kirim/<jenis>")
@in_kim(Verb.ENTER_EVIDENCE)
def evidence_enter(kim: Kim, jenis: str) -> Any:
    kind = words.PATHS.get(jenis) or abort(404)
    form = FORMS[kind]()
    papers = _papers(form)
    if not form.validate_on_submit() or papers is None:
        return _form(kim, form), 422
    try:
        made = evidence.hand_in(
            actor(), kim, form.claim(), papers, tools().private, g.now, form.kunci.data
        )
    except Refused as refusal:
        return _refused(kim, form, refusal)
    return _sent(kim, made)


@desk.get("/k/<kim>/bukti/<int:proof_id>/ubah")
@on_proof(Verb.ENTER_EVIDENCE)
def evidence_correct_page(kim: Kim, proof: Evidence) -> str:
    form = FORMS.get(Proof(proof.kind)) or abort(404)
    return _form(kim, form(data=values_of(proof)), proof)


@desk.post("/k/<kim>/bukti/<int:proof_id>/ubah")
@on_proof(Verb.ENTER_EVIDENCE)
def evidence_correct(kim: Kim, proof: Evidence) -> Any:
    form = (FORMS.get(Proof(proof.kind)) or abort(404))()
    papers = _papers(form)
    if not form.validate_on_submit() or papers is None:
        return _form(kim, form, proof), 422
    try:
        evidence.correct(
            actor(),
            kim,
            proof,
            form.claim(),
            papers,
            tools().private,
            g.now,
            without=set(form.lepas.data or ()),
        )
    except Refused as refusal:
        return _refused(kim, form, refusal, proof)
    return _sent(kim, proof)


def _papers(form: ProofForm) -> list[files.Paper] | None:
    """The chosen files, looked at; None where one is not taken, with the reason at the field."""
    papers = []
    for name, data in form.chosen():
        try:
            papers.append(files.take(name, data))
        except Refused as refusal:
            # Not the field's own errors: validation would clear them.
            form.unfit = f"{name[:60]}: {sentences.sentence(refusal)}"
            return None
    return papers


def _form(
    kim: Kim, form: ProofForm, proof: Evidence | None = None, problem: str | None = None
) -> str:
    if form.unfit:
        form.berkas.errors = [form.unfit]
    form.berkas.label.text = words.FILES[form.kind][0]
    return render_template(
        "desk/evidence/form.html",
        kim=kim,
        form=form,
        kind=form.kind,
        proof=proof,
        files=shelf.files(kim.id, proof.id) if proof else [],
        # A browser never sends a form's files twice.
        again=any(file.filename for file in request.files.getlist("berkas")),
        problem=problem,
        proof_words=words,
        today=day_of(g.now),
    )


def _refused(kim: Kim, form: ProofForm, refusal: Refused, proof: Evidence | None = None) -> Any:
    said = sentences.sentence(refusal)
    at_field = refusal.code in ("evidence_files", "evidence_many")
    if at_field:
        form.unfit = said
    page = _form(kim, form, proof, None if at_field else said)
    return page, sentences.status(refusal)


def _sent(kim: Kim, proof: Evidence) -> Response:
    flash(_("Terkirim. Forum memeriksanya; jawabannya muncul di pemberitahuan."), "ok")
    target: Response = redirect(
        url_for("desk.evidence_detail", kim=kim.slug, proof_id=proof.id), 303
    )
    return target
