"""What every template may use: dates in WIB, links, icons, the city's name."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from email.utils import format_datetime as format_rfc822
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, g, has_request_context, request
from flask_babel import get_translations
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from lucide.jinja import lucide
from markupsafe import Markup

from kimcms.config import Settings
from kimcms.domain import attachments, look
from kimcms.domain.clock import WIB
from kimcms.domain.html import Photo
from kimcms.queries import frame, media
from kimcms.queries.kims import Place
from kimcms.web import corrections, language, links, reading, sharing
from kimcms.web.front import address_of
from kimcms.web.tools import tools

STATIC = Path(__file__).parent.parent / "static"


def moment(value: dt.datetime) -> str:
    """ "Selasa, 24 Nov 2026, 14.05 WIB"; in English "Tuesday, 24 Nov 2026, 14:05 WIB"."""
    return _moment(value, f"EEEE, d MMM y, {_clock()} 'WIB'", _language())


def moment_short(value: dt.datetime) -> str:
    """ "24 Nov 2026, 14.05"."""
    return _moment(value, f"d MMM y, {_clock()}", _language())


def clock(value: dt.datetime) -> str:
    """ "14.05", in WIB."""
    return _moment(value, _clock(), _language())


def _clock() -> str:
    return "HH:mm" if _language() == "en" else "HH.mm"


@lru_cache(maxsize=4096)
def _moment(value: dt.datetime, pattern: str, locale: str) -> str:
    # Kept, since the newest articles stand on many pages.
    return format_datetime(value, pattern, tzinfo=WIB, locale=locale)


def day(value: dt.date | dt.datetime) -> str:
    """ "24 November 2026", in WIB where an instant is given."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(WIB).date()
    return format_date(value, "d MMMM y", locale=_language())


def month_name(value: dt.date) -> str:
    """ "November 2026"."""
    return format_date(value, "MMMM y", locale=_language())


def iso(value: dt.datetime) -> str:
    """An instant for machines, with the offset of WIB."""
    return value.astimezone(WIB).isoformat(timespec="seconds")


def rfc822(value: dt.datetime) -> str:
    """An instant as RSS wants it, in English whatever the language."""
    return format_rfc822(value.astimezone(WIB))


@pass_eval_context
def phrase(context: EvalContext, text: str, /, **values: Any) -> str:
    """What `_()` and `trans` are in templates: the text in the page's language, values escaped.

    Jinja's own asks Flask-Babel for the language and its catalogue at each of the 40 phrases of a
    page, which was a tenth of the page's time; here the language is asked once a request.
    """
    found = _phrase(text, _language())
    if not context.autoescape:
        return str(found) % values
    return found % values if values or "%" in found else found


@lru_cache(maxsize=4096)
def _phrase(text: str, _in: str) -> Markup:
    return Markup(get_translations().ugettext(text))  # noqa: S704 - ours, not a person's


def dateline(body: str, text: str) -> Markup:
    """An article's stored text, the system's dateline at the head of its first paragraph."""
    head = Markup('<span class="dateline">{} -</span> ').format(text)
    stored = Markup(body)  # noqa: S704 - filtered when it was saved, and final since
    if stored.startswith("<p>"):
        return Markup("<p>") + head + stored[3:]
    return Markup("<p>{}</p>").format(head) + stored


def weight(size: int) -> str:
    """ "340 kB", "1,2 MB"; in English "1.2 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{format_decimal(size / 1_000_000, '0.#', locale=_language())} MB"


def tally(places: Iterable[Place]) -> Counter[str]:
    """How many kelurahan stand where, in the states of public pages."""
    show_all = tools().settings.show_all_clusters
    return Counter(place.state(show_all) for place in places)


def has_sample(rows: Iterable[Any]) -> bool:
    """Whether one of these cards or places is the sample's: pages say so."""
    return any(row.is_sample for row in rows)


def logo() -> Photo | None:
    """The picture that the KIM of this host chose, asked once a page. One query where there is
    one."""
    kim = g.get("kim")
    if kim is None or kim.logo_id is None:
        return None
    if "logo" not in g:
        g.logo = media.photos(kim.id, [kim.logo_id]).get(kim.logo_id)
    found: Photo | None = g.logo
    return found


def page_frame() -> frame.Frame:
    """The banners, and this host's own pages; asked once a page."""
    found: frame.Frame | None = g.get("page_frame")
    if found is None:
        kim = g.get("kim")
        found = g.page_frame = frame.frame(kim.id if kim else None, g.now)
    return found


@cache
def icon(name: str, size: int = 20) -> str:
    """A lucide icon as inline SVG, hidden from screen readers: words stand beside it."""
    return lucide(name, size=size, aria_hidden="true", focusable="false")


def static_url(name: str) -> str:
    """The address of a file of ours, which changes with the build and may be kept for ever."""
    return f"/static/{tools().build}/{name}"


def build_id(package: Path, settings: Settings) -> str:
    """Changes when code, templates or static files change, or a setting that pages show."""
    shown = (
        settings.city,
        settings.kim_long,
        settings.show_all_clusters,
        settings.offline,
        settings.complaint_months,
    )
    digest = hashlib.sha256(repr(shown).encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".html", ".xml", ".css", ".js", ".svg", ".mo"}:
            digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def install(app: Flask) -> None:
    """Give the templates their words. Called once by the wiring."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        moment=moment,
        moment_short=moment_short,
        day=day,
        month_name=month_name,
        iso=iso,
        rfc822=rfc822,
        dateline=dateline,
        videos=reading.videos,
        spared=reading.spared,
        tally=tally,
        weight=weight,
        attachments=attachments.read,
        typed_attachments=attachments.shown,
        has_sample=has_sample,
        told=corrections.told,
        replied=corrections.replied,
    )
    settings = app.extensions["kimcms"].settings
    app.jinja_env.globals.update(
        city=settings.city,
        kim_long=settings.kim_long,
        domain=settings.domain,
        show_all=settings.show_all_clusters,
        offline=settings.offline,
        _=phrase,
        gettext=phrase,
        icon=icon,
        logo=logo,
        page_frame=page_frame,
        accents={"portal": look.PORTAL, **look.ACCENTS},
        static_url=static_url,
        portal_url=links.portal_url,
        desk_url=links.desk_url,
        site_url=links.site_url,
        article_url=links.article_url,
        local=language.local,
        saves=reading.saves,
        saving=reading.saving,
        kept=reading.kept,
        card_path=sharing.card_path,
        later=reading.later,
        twins=language.twins,
    )
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    here = ""
    if has_request_context():  # letters are written without one
        here = links.origin_of(address_of(request.environ).host) + quote(request.path)
    return {
        "here": here,
        "now": g.get("now"),
        "lang": _language(),
    }


def _language() -> str:
    """The language of the request, asked once: Flask-Babel takes longer than a phrase."""
    found: str | None = g.get("language")
    if found is None:
        found = g.language = language.of_request()
    return found
