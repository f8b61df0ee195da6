"""The Forum's look at proof: the queue, one proof, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, render_template, request, url_for
from flask_babel import gettext as _

from kimcms.domain.evidence import ProofState
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.queries import evidence as shelf
from kimcms.queries.claims import Holder
from kimcms.queries.paging import Cursor
from kimcms.services import evidence
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_handed_in
from kimcms.web.desk import claims, desk, waiting
from kimcms.web.desk import evidence_words as words
from kimcms.web.desk.evidence import shown
from kimcms.web.desk.evidence_forms import VerdictForm
from kimcms.web.desk.forms import ButtonForm


@desk.get("/bukti/")
@in_city(Verb.SEE_REGISTER)
def evidence_queue() -> str:
    """Oldest first. What the own KIM handed in stands there, and is left to others."""
    return render_template(
        "desk/evidence/queue.html",
        page=shelf.waiting(after=Cursor.read(request.args.get("sesudah"))),
        own=set(actor().impartial_from(g.now)),
        proof_words=words,
    )


@desk.get("/bukti/<int:proof_id>")
@on_handed_in(Verb.SEE_REGISTER)
def evidence_item(kim: Kim, proof: Evidence) -> str:
    other = None
    if _open(proof) and evidence.may_judge(actor(), kim.id, g.now):
        other = claims.hold(proof)
    return _item(kim, proof, VerdictForm(versi=evidence.version(proof)), other=other)


@desk.post("/bukti/<int:proof_id>/verifikasi")
@on_handed_in(Verb.VERIFY_EVIDENCE)
def evidence_verify(kim: Kim, proof: Evidence) -> Any:
    form = VerdictForm()
    return _decide(
        kim,
        proof,
        form,
        lambda: evidence.verify(actor(), proof, g.now, form.versi.data or ""),
        _("Terverifikasi. KIM diberi tahu; dihitung mulai penilaian berikutnya."),
    )


@desk.post("/bukti/<int:proof_id>/kembalikan")
@on_handed_in(Verb.VERIFY_EVIDENCE)
def evidence_return(kim: Kim, proof: Evidence) -> Any:
    form = VerdictForm()
    return _decide(
        kim,
        proof,
        form,
        lambda: evidence.give_back(
            actor(), proof, form.alasan.data or "", g.now, form.versi.data or ""
        ),
        _("Dikembalikan. KIM menerima alasan Anda."),
    )


def _open(proof: Evidence) -> bool:
    waits = shelf.state_of(proof) is ProofState.WAITING
    return waits and proof.kind != Proof.INVITATION  # the host ticks who came


def _item(
    kim: Kim,
    proof: Evidence,
    form: VerdictForm,
    problem: str | None = None,
    other: Holder | None = None,
) -> str:
    return render_template(
        "desk/evidence/item.html",
        **shown(kim, proof),
        form=form,
        button=ButtonForm(),
        problem=problem,
        may_judge=evidence.may_judge(actor(), kim.id, g.now),
        own=actor().belongs_to(kim.id, g.now),
        version=evidence.version(proof),
        waits=_open(proof),
        other=other,
        said=claims.sentence,
        way=waiting.way(),
        back=waiting.Sieve.read(request.args).query,
    )


def _decide(
    kim: Kim, proof: Evidence, form: VerdictForm, decide: Callable[[], Evidence], said: str
) -> Any:
    if not form.validate_on_submit():
        return _item(kim, proof, form), 422
    try:
        decide()
    except Refused as refusal:
        if refusal.code == "evidence_reason":
            form.alasan.errors = [sentences.sentence(refusal)]
            return _item(kim, proof, form), sentences.status(refusal)
        return _item(kim, proof, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(said, "ok")
    return waiting.onward(url_for("desk.evidence_queue"))
