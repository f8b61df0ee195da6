"""The gate: no view can hold an object that its user may not touch.

Each newsroom view is classified by exactly one decorator, which loads what the address names and
hands it to the view. Another KIM's object is a 404, a missing right a 403.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kimcms.domain.dormancy import asleep
from kimcms.domain.refusal import Refused
from kimcms.domain.rights import may_article
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries import (
    assistance,
    banners,
    boards,
    complaints,
    decrees,
    desk,
    evidence,
    invitations,
    kims,
    media,
    ownpages,
    phrases,
    restweeks,
    review,
    vouches,
)
from kimcms.queries import cases as decisions
from kimcms.services import cases, dormancy
from kimcms.web.offers import decidable as decidable
from kimcms.web.offers import may as may
from kimcms.web.offers import may_in as may_in
from kimcms.web.tools import tools
from kimcms.web.visitors import actor as actor
from kimcms.web.visitors import visitor as visitor

View = Callable[..., Any]


@dataclass(frozen=True)
class Rule:
    """How a view is guarded. `subject`: open, signed_in, city, kim, article, review, vouched."""

    subject: str
    verb: Verb | None = None


def anyone(view: View) -> View:
    """A page for people who are not signed in."""
    return _guard(Rule("open"), view, lambda values: values)


def signed_in(view: View) -> View:
    """A page of one's own."""
    return _guard(Rule("signed_in"), view, _own)


def in_city(verb: Verb) -> Callable[[View], View]:
    """A city page."""

    def load(values: dict[str, Any]) -> dict[str, Any]:
        _require_visitor()
        if not actor().may(verb, None, g.now):
            abort(403)
        return values

    return lambda view: _guard(Rule("city", verb), view, load)


def in_kim(verb: Verb, *, while_asleep: bool = False) -> Callable[[View], View]:
    """A page of one KIM; the view gets `kim`."""

    def load(values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "kim": _kim(values.pop("kim"), verb, while_asleep)}

    return lambda view: _guard(Rule("kim", verb), view, load)


def on_article(verb: Verb) -> Callable[[View], View]:
    """A page of one article; the view gets `article`."""

    def load(values: dict[str, Any]) -> dict[str, Any]:
        kim = _kim(values.pop("kim"), None)
        article = desk.article(kim.id, values.pop("article_id"))
        if article is None or not may_article(actor(), Verb.READ, article, g.now):
            # To a member of the KIM a colleague's draft exists; to others nothing does.
            abort(403 if article and kim.id in actor().kim_ids(g.now) else 404)
        if not may(verb, article):
            abort(403)
        return {**values, "article": article}

    return lambda view: _guard(Rule("article", verb), view, load)


def on_case(view: View) -> View:
    """A decision of the Forum about one case of a KIM; the view gets `kim` and `case`."""

    def load(values: dict[str, Any]) -> dict[str, Any]:
        kim = _kim(values.pop("kim"), None)
        case = decisions.case(values.pop("case_id"), kim.id)
        if not may_in(Verb.DECIDE_CLUSTER, kim, cases.first_person(case) if case else None):
            abort(403)
        if case is None:
            abort(404)
        return {**values, "kim": kim, "case": case}

    return _guard(Rule("kim", Verb.DECIDE_CLUSTER), view, load)


def on_decree(verb: Verb) -> Callable[[View], View]:
    """A page of one decree; the view gets `kim` and `decree`."""
    return _on_own(verb, "decree", "decree_id", decrees.decree)


def on_media(verb: Verb) -> Callable[[View], View]:
    """A page of one photo or PDF; the view gets `kim` and `item`."""
    return _on_own(verb, "item", "media_id", media.of_kim)


def on_seat(verb: Verb) -> Callable[[View], View]:
    """A page of one seat of the board; the view gets `kim` and `seat`."""
    return _on_own(verb, "seat", "seat_id", boards.seat)


def on_proof(verb: Verb) -> Callable[[View], View]:
    """A page of a KIM about one proof of its own; the view gets `kim` and `proof`."""
    return _on_own(verb, "proof", "proof_id", evidence.proof)


def on_complaint(verb: Verb) -> Callable[[View], View]:
    """About one complaint; the view gets `kim` and `complaint`."""
    return _on_own(verb, "complaint", "complaint_id", complaints.of_kim)


def on_assistance(verb: Verb) -> Callable[[View], View]:
    """A page of a KIM about one case of assistance; the view gets `kim` and `case`."""
    return _on_own(verb, "case", "assistance_id", assistance.of_kim)


def on_own_page(verb: Verb) -> Callable[[View], View]:
    """About one of a subsite's own pages; the view gets `kim` and `page`."""
    return _on_own(verb, "page", "leaf_id", ownpages.page)


def _on_own(
    verb: Verb, name: str, id_name: str, find: Callable[[int, int], Any]
) -> Callable[[View], View]:
    """A page about something that one KIM has; `find` takes the KIM's id first."""

    def load(values: dict[str, Any]) -> dict[str, Any]:
        kim = _kim(values.pop("kim"), verb)
        found = find(kim.id, values.pop(id_name))
        return {**values, "kim": kim, name: found or abort(404)}

    return lambda view: _guard(Rule("kim", verb), view, load)


def on_handed_in(verb: Verb) -> Callable[[View], View]:
    """A city page about one proof of any KIM; the view gets `kim` and `proof`."""
    return _on_any(verb, "proof", "proof_id", evidence.handed_in)


def on_assisted(verb: Verb) -> Callable[[View], View]:
    """A city page about one case of assistance of any KIM; the view gets `kim` and `case`."""
    return _on_any(verb, "case", "assistance_id", assistance.told_by)


def _on_any(
    verb: Verb, name: str, id_name: str, find: Callable[[int], tuple[Any, Kim] | None]
) -> Callable[[View], View]:
    """A city page about something that some KIM has; `find` gives it with its KIM."""

    def load(values: dict[str, Any]) -> dict[str, Any]:
        _require_visitor()
        found = find(values.pop(id_name))
        if found is None or not actor().may(Verb.SEE_KIM, found[1].id, g.now):
            abort(404)
        if not may_in(verb, found[1]):
            abort(403)
        return {**values, "kim": found[1], name: found[0]}

    return lambda view: _guard(Rule("kim", verb), view, load)


def on_invitation(verb: Verb) -> Callable[[View], View]:
    """A city page about one invitation; the view gets `invitation`."""
    return lambda view: _on_city(view, "invitation", invitations.invitation, verb)


def on_rest_week(verb: Verb) -> Callable[[View], View]:
    """A city page about one rest week; the view gets `week`."""

    def load(values: dict[str, Any]) -> dict[str, Any]:
        _require_visitor()
        if not actor().may(verb, None, g.now):
            abort(403)
        found = restweeks.week(values.pop("week_id"))
        if found is not None and not actor().may(verb, found.kim_id, g.now):
            abort(403)
        return {**values, "week": found or abort(404)}

    return lambda view: _guard(Rule("city", verb), view, load)


def on_city_page(view: View) -> View:
    """About one of the portal's own pages; the view gets `page`."""
    return _on_city(view, "page", lambda page_id: ownpages.page(None, page_id))


def on_banner(view: View) -> View:
    """About one banner; the view gets `banner`."""
    return _on_city(view, "banner", banners.banner)


def on_phrase(view: View) -> View:
    """About one of the Forum's ready words; the view gets `phrase`."""
    return _on_city(view, "phrase", phrases.phrase, Verb.REVIEW)


def _on_city(
    view: View, name: str, find: Callable[[int], Any], verb: Verb = Verb.MANAGE_PORTAL
) -> View:
    def load(values: dict[str, Any]) -> dict[str, Any]:
        _require_visitor()
        if not actor().may(verb, None, g.now):
            abort(403)
        found = find(values.pop(f"{name}_id"))
        return {**values, name: found or abort(404)}

    return _guard(Rule("city", verb), view, load)


def on_review(view: View) -> View:
    """A page of the Forum about one article that was public; the view gets `article`."""
    return _of_forum("review", view, lambda article_id: review.article_seen(article_id, g.now))


def on_vouched(view: View) -> View:
    """The same about one that waits for a second person: `services/vouching.py`."""
    return _of_forum("vouched", view, vouches.waiting)


def _of_forum(subject: str, view: View, find: Callable[[int], Article | None]) -> View:
    def load(values: dict[str, Any]) -> dict[str, Any]:
        _require_visitor()
        if not actor().reaches(Verb.REVIEW, None, g.now):
            abort(403)
        article = find(values.pop("article_id"))
        if article is None:
            abort(404)
        if not may(Verb.REVIEW, article):
            abort(403)
        return {**values, "article": article}

    return _guard(Rule(subject, Verb.REVIEW), view, load)


def _kim(slug: str, verb: Verb | None, while_asleep: bool = False) -> Kim:
    _require_visitor()
    kim = kims.by_slug(slug)
    former = kims.by_former_slug(slug) if kim is None and request.method == "GET" else None
    if former and actor().may(Verb.SEE_KIM, former.id, g.now):
        moved = request.full_path.rstrip("?").replace(f"/k/{slug}", f"/k/{former.slug}", 1)
        abort(redirect(moved, 308))
    if kim is None or not actor().may(Verb.SEE_KIM, kim.id, g.now):
        abort(404)
    if verb is not None and not may_in(verb, kim):
        abort(403)
    if kim.id in actor().kim_ids(g.now):
        _meet(kim, while_asleep or request.method == "GET")
    return kim


def _meet(kim: Kim, while_asleep: bool) -> None:
    """Nobody of a KIM that sleeps writes; whoever comes keeps theirs awake, signed in long ago or
    not."""
    days = tools().settings.dormant_days
    if not asleep(kim, days, g.now):
        dormancy.seen([kim], days, g.now)
    elif not while_asleep:
        raise Refused("asleep", kim=kim.name)


def _own(values: dict[str, Any]) -> dict[str, Any]:
    _require_visitor()
    return values


def _require_visitor() -> None:
    if current_user.is_authenticated:
        return
    if request.method == "GET":
        target: Response = redirect(url_for("desk.sign_in", lanjut=request.full_path.rstrip("?")))
        abort(target)
    abort(401)


def _guard(rule: Rule, view: View, load: Callable[[dict[str, Any]], dict[str, Any]]) -> View:
    @wraps(view)
    def guarded(**values: Any) -> Any:
        return view(**load(values))

    guarded.access = rule  # type: ignore[attr-defined]
    return guarded
