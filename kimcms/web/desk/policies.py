"""The numbers of the tracker: read, tried on the stored history, switched on from a Monday.

A draft lives in the address (`?p_on=7`), so that a trial changes nothing, can be sent to somebody
and comes back with the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from kimcms.domain.clock import WEEK, day_of, monday_of, start_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.policy import LIMITS, Impossible, Policy
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.queries import policies as shelves
from kimcms.services import policies
from kimcms.web import sentences
from kimcms.web.access import actor, in_city
from kimcms.web.desk import desk, standing
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.policy_words import GROUPS, PROBLEMS

FIELDS = (*LIMITS, "reminder_days")


class SwitchForm(FlaskForm):  # type: ignore[misc]
    mulai = DateField(_l("Berlaku mulai Senin"), [InputRequired(_l("Pilih hari Senin."))])


class ProposeForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(
        _l("Alasan usul"), [DataRequired(_l("Wajib diisi.")), Length(max=NOTE_LONGEST)]
    )


@desk.get("/kebijakan/")
@in_city(Verb.SEE_REGISTER)
def policy_list() -> str:
    rows = shelves.versions()
    begun = [row for row in rows if start_of(row.in_force_from) <= g.now]
    return render_template(
        "desk/policies/list.html",
        rows=list(reversed(rows)),
        waiting={row.version for row in rows if row not in begun},
        current=begun[-1].version,
        policy=Policy.from_dict(begun[-1].numbers),
        makers=shelves.makers(rows),
        changed=_changes(rows),
        shown=shown,
        groups=GROUPS,
        labels=LABELS,
        button=ButtonForm(),
    )


@desk.get("/kebijakan/coba")
@in_city(Verb.TRY_POLICY)
def policy_try() -> Any:
    """The form with its numbers; once they differ from those in force, the trial as well."""
    return _tried()


@desk.post("/kebijakan/coba")
@in_city(Verb.SWITCH_POLICY)
def policy_switch() -> Any:
    form = SwitchForm()
    draft, _typed, problems = _read(_newest())
    if problems or not form.validate_on_submit():
        return _tried(switch=form)
    try:
        policies.switch_on(actor(), draft, form.mulai.data, g.now)
    except Refused as refusal:
        return _tried(switch=form, refusal=refusal)
    flash(_("Angka baru berlaku mulai hari itu. Sampai saat itu masih bisa dibatalkan."), "ok")
    return redirect(url_for("desk.policy_list"), 303)


@desk.post("/kebijakan/usul")
@in_city(Verb.TRY_POLICY)
def policy_propose() -> Any:
    form = ProposeForm()
    current = _newest()
    draft, _typed, problems = _read(current)
    if problems or not form.validate_on_submit():
        return _tried(propose=form)
    changed = difference(current, draft)
    address: dict[str, Any] = {**_address(draft, changed)}
    path = url_for("desk.policy_try", **address)
    try:
        policies.propose(actor(), changed, path, form.alasan.data or "", g.now)
    except Refused as refusal:
        return _tried(propose=form, refusal=refusal)
    flash(_("Usul dikirim ke Diskominfo, dengan tautan ke percobaan ini."), "ok")
    return redirect(path, 303)


@desk.post("/kebijakan/<int:version>/batal")
@in_city(Verb.SWITCH_POLICY)
def policy_take_back(version: int) -> Any:
    policies.take_back(actor(), version, g.now)
    flash(_("Angka yang belum berlaku itu dibatalkan."), "ok")
    return redirect(url_for("desk.policy_list"), 303)


LABELS = {field: label for _name, lines in GROUPS for field, label, _meaning in lines}


def _tried(
    switch: SwitchForm | None = None,
    propose: ProposeForm | None = None,
    refusal: Refused | None = None,
) -> Any:
    current = _newest()
    draft, typed, problems = _read(current)
    changed = difference(current, draft) if not problems else {}
    page = render_template(
        "desk/policies/try.html",
        groups=GROUPS,
        labels=LABELS,
        typed=typed,
        problems=problems,
        current=current,
        shown=shown,
        changed=changed,
        address=_address(draft, changed),
        trial=shelves.trial(draft) if changed else None,
        switch=switch or SwitchForm(mulai=monday_of(day_of(g.now)) + WEEK),
        propose=propose or ProposeForm(),
        problem=sentences.sentence(refusal) if refusal else None,
        may_switch=actor().may(Verb.SWITCH_POLICY, None, g.now),
        name_of=standing.name_of,
    )
    if refusal:
        return page, sentences.status(refusal)
    failed = problems or any(form is not None and form.errors for form in (switch, propose))
    return (page, 422) if failed else page


def _newest() -> Policy:
    """The numbers from which a draft starts: the last ones that were switched on."""
    return Policy.from_dict(shelves.versions()[-1].numbers)


def _read(current: Policy) -> tuple[Policy, dict[str, str], dict[str, str]]:
    """The draft of the address, what was typed, and what is wrong with it by field."""
    typed = {field: shown(current, field) for field in FIELDS}
    typed |= {name: request.args[name][:60] for name in FIELDS if name in request.args}
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field, text in typed.items():
        try:
            values[field] = _number(field, text)
        except ValueError:
            problems[field] = str(PROBLEMS["number"])
    if problems:
        return current, typed, problems
    try:
        return replace(current, **values), typed, {}
    except Impossible as impossible:
        said = str(PROBLEMS[impossible.code])
        problems[impossible.field] = said % impossible.values if impossible.values else said
        return current, typed, problems


def _number(field: str, text: str) -> Any:
    if field == "reminder_days":
        days = {int(part) for part in text.replace(";", ",").split(",") if part.strip()}
        return tuple(sorted(days, reverse=True))
    if field == "likeness_limit":
        return float(text.replace(",", "."))
    return int(text)


def shown(policy: Policy, field: str) -> str:
    """A number as it is typed."""
    value = getattr(policy, field)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def difference(before: Policy, after: Policy) -> dict[str, Any]:
    """The numbers that differ, in their stored form."""
    old, new = before.as_dict(), after.as_dict()
    return {field: new[field] for field in FIELDS if old[field] != new[field]}


def _address(draft: Policy, changed: Mapping[str, Any]) -> dict[str, str]:
    return {field: shown(draft, field) for field in changed}


def _changes(rows: list[Any]) -> dict[int, list[tuple[str, str, str]]]:
    """What each version changed: (field, before, after)."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    known = [(row.version, Policy.from_dict(row.numbers)) for row in rows]
    for (_version, old), (version, new) in pairwise(known):
        changed = difference(old, new)
        found[version] = [(field, shown(old, field), shown(new, field)) for field in changed]
    return found
