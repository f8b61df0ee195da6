"""A KIM's own house: what its subsite says of it and how it looks. Each function makes stored
values of what was typed, for a look before they are saved; `furnish` saves them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from kimcms.db import kim_scope
from kimcms.domain import house
from kimcms.domain.html import check_size, clean_html, from_markdown
from kimcms.domain.look import ACCENTS
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.kim import Kim
from kimcms.queries import media
from kimcms.services.unit import atomic, lock

Values = dict[str, Any]


def profile(tagline: str, about: str, address: str, phone: str, email: str) -> Values:
    """Who the KIM is, in Markdown, and how to reach it. Raises `Refused`."""
    check_size(about)
    return {
        "tagline": clean_line(tagline, house.TAGLINE_LONGEST),
        "about": clean_html(from_markdown(about), {}),
        "address": clean_line(address, house.ADDRESS_LONGEST),
        "phone": house.phone(phone),
        "email": house.email(email),
    }


def look(kim: Kim, accent: str, logo_id: int | None) -> Values:
    """A checked accent, and a square picture of this KIM. Raises `Refused`."""
    if accent not in ACCENTS:
        raise Refused("accent_unknown")
    if logo_id is not None:
        picture = media.photos(kim.id, [logo_id]).get(logo_id)
        if picture is None or picture.width != picture.height:
            raise Refused("photo_unknown")
    return {"accent": accent, "logo_id": logo_id}


def links(typed: Iterable[tuple[str, str]]) -> Values:
    """Label and address of each; empty lines say nothing. Raises `Refused`."""
    found = [house.link(label, url) for label, url in typed if label.strip() or url.strip()]
    if len(found) > house.MOST_LINKS:
        raise Refused("links_many", limit=house.MOST_LINKS)
    return {"links": found}


def box(responsible: str, editors: str) -> Values:
    """The redaksi box; what is empty follows from the board and from who lets their name be
    shown."""
    return {
        "responsible": clean_line(responsible, house.RESPONSIBLE_LONGEST),
        "editors": clean_line(editors, house.EDITORS_LONGEST),
    }


def furnish(actor: Actor, kim: Kim, values: Values, now: dt.datetime) -> Kim:
    """Save what one of the functions above made."""
    with atomic(kim_scope(kim.id), now) as unit:
        lock(kim)
        if not actor.may(Verb.MANAGE_LOOK, kim.id, now):
            raise Refused("not_allowed")
        changed = sorted(name for name, value in values.items() if getattr(kim, name) != value)
        for name in changed:
            setattr(kim, name, values[name])
        if changed:
            unit.record(actor, "kim.shape", kim, kim_id=kim.id, after={"fields": changed})
        return kim
