"""Looking things up in the history (catatan): of one KIM, and of the whole city."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, g, render_template, request, url_for
from flask_babel import gettext as _

from kimcms.domain.clock import DAY, WIB, start_of
from kimcms.domain.review import Reason
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import accounts, audit
from kimcms.queries.audit import Entry, Wanted
from kimcms.queries.paging import Cursor
from kimcms.web import audit_words
from kimcms.web.access import actor, in_city, in_kim
from kimcms.web.desk import desk
from kimcms.web.sheets import csv_file

_YEARS = range(2000, 2100)
# Where an object can be looked at, with the name of its number in the address.
_PLACES = {
    "article": ("desk.article_detail", "article_id"),
    "media": ("desk.media_detail", "media_id"),
    "decree": ("desk.decree_detail", "decree_id"),
    "evidence": ("desk.evidence_detail", "proof_id"),
    "invitation": ("desk.invitation_page", "invitation_id"),
}


@desk.get("/k/<kim>/catatan/")
@in_kim(Verb.SEE_AUDIT)
def kim_audit(kim: Kim) -> str:
    return _page(replace(_wanted(), kim_id=kim.id), kim)


@desk.get("/k/<kim>/catatan.csv")
@in_kim(Verb.SEE_AUDIT)
def kim_audit_file(kim: Kim) -> Response:
    return _file(f"catatan-{kim.slug}.csv", replace(_wanted(), kim_id=kim.id))


@desk.get("/catatan/")
@in_city(Verb.SEE_AUDIT)
def city_audit() -> str:
    return _page(_wanted())


@desk.get("/catatan.csv")
@in_city(Verb.SEE_AUDIT)
def city_audit_file() -> Response:
    return _file("catatan-kota.csv", _wanted())


def _wanted() -> Wanted:
    """What the address asks for; a filter that means nothing is none."""
    asked = request.args
    first, last = _day("dari"), _day("sampai")
    return Wanted(
        person_id=asked.get("orang", type=int) if len(asked.get("orang", "")) < 19 else None,
        verbs=audit_words.GROUPS.get(asked.get("jenis", ""), ("", ()))[1],
        steps=_steps(),
        why=_why(),
        since=start_of(first) if first else None,
        before=start_of(last + DAY) if last else None,
    )


def _steps() -> tuple[str, ...]:
    """Single steps of the history, as the overview asks for them."""
    return tuple(step for step in request.args.getlist("langkah") if step in audit_words.VERBS)


def _why() -> str:
    why = request.args.get("sebab", "")
    return why if why in set(Reason) else ""


def _day(name: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _page(wanted: Wanted, kim: Kim | None = None) -> str:
    page = audit.entries(wanted, Cursor.read(request.args.get("sesudah")))
    inside = kim is not None and kim.id in actor().kim_ids(g.now)
    asked: dict[str, Any] = {"jenis": request.args.get("jenis"), "orang": wanted.person_id}
    asked |= {name: day.isoformat() if (day := _day(name)) else None for name in ("dari", "sampai")}
    asked |= {"langkah": list(wanted.steps), "sebab": wanted.why or None}
    asked["kim"] = kim.slug if kim else None
    return render_template(
        "desk/audit/list.html",
        kim=kim,
        page=page,
        groups=audit_words.GROUPS,
        person=accounts.user(wanted.person_id) if wanted.person_id is not None else None,
        asked=asked,
        narrowed=any(value for name, value in asked.items() if name != "kim"),
        link=partial(_link, "desk.kim_audit" if kim else "desk.city_audit", asked),
        file=_link("desk.kim_audit_file" if kim else "desk.city_audit_file", asked),
        audit_words=audit_words,
        place=_place,
        titles=audit.titles(page.rows, g.now, drafts=inside),
        longest=f"{audit.LONGEST_FILE:,}".replace(",", "."),
    )


def _link(endpoint: str, asked: dict[str, Any], **otherwise: Any) -> str:
    """The same list, asked for otherwise."""
    return url_for(endpoint, **(asked | otherwise))


def _place(entry: Entry, titles: dict[int, str]) -> str | None:
    """The address of what an entry is about, where there is a page for it."""
    found = _PLACES.get(entry.object_type)
    if found is None or entry.object_id is None:
        return None
    endpoint, name = found
    number: dict[str, Any] = {name: entry.object_id}
    if entry.object_type == "invitation":
        return url_for(endpoint, **number) if entry.kim is None else None
    if entry.kim_slug is None or (entry.object_type == "article" and entry.object_id not in titles):
        return None
    return url_for(endpoint, kim=entry.kim_slug, **number)


def _file(name: str, wanted: Wanted) -> Response:
    head = [_("nomor"), _("waktu (WIB)"), _("siapa"), _("apa"), "verb", "KIM"]
    head += [_("tentang"), _("nomor objek"), _("alasan"), _("perubahan")]
    return csv_file(name, head, (_line(entry) for entry in audit.lines(wanted)))


def _line(entry: Entry) -> list[Any]:
    return [
        entry.id,
        f"{entry.at.astimezone(WIB):%Y-%m-%d %H:%M:%S}",
        entry.actor or _("Sistem"),
        audit_words.said(entry),
        entry.verb,
        entry.kim or "",
        str(audit_words.OBJECTS.get(entry.object_type, entry.object_type)),
        entry.object_id if entry.object_id is not None else "",
        audit_words.why(entry),
        audit_words.changed(entry),
    ]
