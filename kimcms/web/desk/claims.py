"""Who has a waiting thing open: pages of decisions take it, their script renews it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from kimcms.db import LARGEST_ID
from kimcms.domain.roles import Verb
from kimcms.queries import claims as held
from kimcms.queries.claims import Holder
from kimcms.services import claims
from kimcms.web.access import actor, in_city
from kimcms.web.desk import desk
from kimcms.web.desk.waiting import Sieve
from kimcms.web.rendering import moment_short


class ClaimForm(FlaskForm):  # type: ignore[misc]
    """The thing: its table and number."""

    jenis = StringField(validators=[InputRequired(), Length(max=24)])
    nomor = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])


def hold(row: Any, version: int | None = None) -> Holder | None:
    """This person opens it to decide: theirs, unless somebody else has it, who is the answer.

    Only a page that is really looked at takes it: no prefetching, and no answer to a form.
    """
    fetched = request.headers.get("Sec-Purpose") or request.headers.get("Purpose", "")
    if request.method != "GET" or "prefetch" in fetched:
        return held.other(row.__tablename__, row.id, actor().user_id, g.now)
    return claims.take(actor(), row, g.now, version)


@desk.post("/tinjauan/pegang")
@in_city(Verb.SEE_REGISTER)
def claim_renew() -> Any:
    """The page is still open; says who took the thing meanwhile, if somebody did."""
    form = _form()
    other = claims.renew(actor(), form.jenis.data or "", form.nomor.data or 0, g.now)
    return jsonify(said=sentence(other) if other else "")


@desk.post("/tinjauan/lepas")
@in_city(Verb.SEE_REGISTER)
def claim_release() -> Any:
    form = _form()
    claims.release(actor(), form.jenis.data or "", form.nomor.data or 0, g.now)
    flash(_("Dilepas. Moderator lain bisa memutuskannya."), "ok")
    return redirect(url_for("desk.review_queue", **Sieve.read(request.args).query), 303)


def sentence(other: Holder) -> str:
    """Who has it, since when, and what to do."""
    said: str = _(
        "%(name)s sedang memegang ini sejak %(since)s. Bebas lagi 15 menit sesudah tidak dibuka.",
        name=other.name,
        since=moment_short(other.since),
    )
    return said


def _form() -> ClaimForm:
    form = ClaimForm()
    if not form.validate_on_submit():
        abort(400)
    return form
