"""The Forum's decisions about one KIM's cluster, and the KIM's objection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from kimcms.domain.cases import CaseKind
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.domain.terms import Standing
from kimcms.models.cluster import ClusterCase
from kimcms.models.kim import Kim
from kimcms.queries import cases as decisions
from kimcms.queries import clusters
from kimcms.queries.claims import Holder
from kimcms.services import cases
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim, may_in, on_case
from kimcms.web.desk import claims, desk, standing, waiting
from kimcms.web.desk.case_forms import ObjectionForm, OverrideForm, TakeBackForm, WordsForm
from kimcms.web.desk.case_words import told
from kimcms.web.desk.clusters import card_page
from kimcms.web.desk.forms import ButtonForm


@desk.get("/k/<kim>/klaster/keputusan")
@in_kim(Verb.DECIDE_CLUSTER)
def case_list(kim: Kim) -> str:
    """Opening it takes what this person may answer."""
    found = [line.case for line in decisions.of_kim(kim.id) if line.case.answer is None]
    free = [
        case
        for case in found
        if cases.first_person(case) != actor().user_id  # who waits for the second person
        and may_in(Verb.DECIDE_CLUSTER, kim, cases.first_person(case))
    ]
    others = {case.id: claims.hold(case) for case in free}
    return _page(kim, others=others)


@desk.post("/k/<kim>/klaster/keputusan")
@in_kim(Verb.DECIDE_CLUSTER)
def override_propose(kim: Kim) -> Any:
    form = OverrideForm()
    if not form.validate_on_submit():
        return _page(kim, override=form), 422
    to, words = Standing(form.ke.data), form.alasan.data or ""
    return _done(
        kim,
        lambda: cases.propose_override(actor(), kim, to, words, g.now),
        _("Usul keputusan khusus dicatat. Moderator lain perlu menyetujuinya."),
        override=form,
    )


@desk.post("/k/<kim>/klaster/kasus/<int:case_id>/setuju")
@on_case
def case_confirm(kim: Kim, case: ClusterCase) -> Any:
    """One tap: a proposal of the rule is confirmed, or a colleague's override approved."""
    if case.kind == CaseKind.OVERRIDE:
        return _done(
            kim,
            lambda: cases.approve_override(actor(), case, g.now),
            _("Keputusan khusus disetujui dan berlaku hari ini."),
        )
    return _done(
        kim,
        lambda: cases.answer(actor(), case, True, "", g.now),
        _("Usul %(kim)s disetujui dan berlaku sekarang.", kim=kim.name),
    )


@desk.post("/k/<kim>/klaster/kasus/<int:case_id>/tolak")
@on_case
def case_decline(kim: Kim, case: ClusterCase) -> Any:
    own = case.opened_by == actor().user_id and case.kind == CaseKind.OVERRIDE
    form = TakeBackForm() if own else WordsForm()
    if not form.validate_on_submit():
        return _page(kim, decline=(case.id, form)), 422
    words = form.alasan.data or ""
    decline: dict[str, Callable[[], None]] = {
        CaseKind.OVERRIDE: lambda: cases.refuse_override(actor(), case, words, g.now),
        CaseKind.OBJECTION: lambda: cases.decline_objection(actor(), case, words, g.now),
    }
    answer = decline.get(case.kind, lambda: cases.answer(actor(), case, False, words, g.now))
    said = _("Usul ditarik.") if own else _("Ditolak. KIM membaca alasan Anda.")
    return _done(kim, answer, said, decline=(case.id, form))


@desk.post("/k/<kim>/klaster/keberatan")
@in_kim(Verb.OBJECT)
def case_object(kim: Kim) -> Any:
    form = ObjectionForm()
    if not form.validate_on_submit():
        return card_page(kim, form), 422
    try:
        cases.object_to(actor(), kim, form.keberatan.data or "", g.now)
    except Refused as refusal:
        return card_page(kim, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Keberatan dikirim. Forum akan menjawabnya."), "ok")
    return redirect(url_for("desk.cluster_card", kim=kim.slug), 303)


def _done(kim: Kim, do: Callable[[], Any], said: str, **forms: Any) -> Any:
    """Back to where the button stood: the board, or the decisions of this KIM."""
    try:
        do()
    except Refused as refusal:
        page = _page(kim, problem=sentences.sentence(refusal), **forms)
        return page, sentences.status(refusal)
    flash(said, "ok")
    if request.args.get("dari") == "papan":
        return redirect(url_for("desk.cluster_board"), 303)
    return waiting.onward(url_for("desk.case_list", kim=kim.slug))


def _page(
    kim: Kim,
    override: FlaskForm | None = None,
    decline: tuple[int, FlaskForm] | None = None,
    problem: str | None = None,
    others: Mapping[int, Holder | None] = MappingProxyType({}),
) -> str:
    lines = [told(line) for line in decisions.of_kim(kim.id)]
    card = clusters.card(kim.id)
    may_answer = {
        t.line.case.id: may_in(Verb.DECIDE_CLUSTER, kim, cases.first_person(t.line.case))
        for t in lines
        if t.open
    }
    return render_template(
        "desk/clusters/cases.html",
        kim=kim,
        card=card,
        told=standing.told(card) if card else None,
        waiting=[t for t in lines if t.open],
        answered=[t for t in lines if not t.open],
        may_answer=may_answer,
        me=actor().user_id,
        override=override or OverrideForm(formdata=None),
        decline=decline or (0, WordsForm(formdata=None)),
        words_form=WordsForm(formdata=None),
        button=ButtonForm(),
        problem=problem,
        others=others,
        said=claims.sentence,
        way=waiting.way(),
    )
