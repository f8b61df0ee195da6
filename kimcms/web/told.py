"""Notices as sentences: on the newsroom's pages and as the subject of letters."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date
from flask_babel import gettext as _

from kimcms.domain.complaints import Kind
from kimcms.models.notice import Notice
from kimcms.web import words
from kimcms.web.complaint_words import KINDS
from kimcms.web.rendering import moment

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
    if values.get("due"):
        values["due"] = moment(dt.datetime.fromisoformat(values["due"]))
    if notice.kind.startswith("complaint."):
        values["about"] = KINDS[Kind(values["about"])]
    return str(words.NOTICES.get(notice.kind, notice.kind)) % values
