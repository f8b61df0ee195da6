"""Notices as sentences: on the newsroom's pages and as the subject of letters."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date
from flask_babel import gettext as _

from kimcms.models.notice import Notice
from kimcms.web import words

# What notices carry as ISO days.
_DAYS = ("day", "end")


def sentence(notice: Notice) -> str:
    """A notice in one line; days stand there as people write them."""
    values = {"title": "", "reason": "", "kim": "", "to": "", **notice.data}
    values["title"] = values["title"] or _("(tanpa judul)")
    for name in _DAYS:
        if values.get(name):
            day = dt.date.fromisoformat(values[name])
            values[name] = format_date(day, "d MMM y", locale="id")
    return str(words.NOTICES.get(notice.kind, notice.kind)) % values
