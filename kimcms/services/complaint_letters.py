"""The outbox of letters to senders of complaints."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.models.complaint import ComplaintLetter
from kimcms.services.unit import atomic


def mark_mailed(letter_id: int, now: dt.datetime) -> None:
    """The mail server has taken it, or there is nobody to write to any more."""
    with atomic(CITY, now, eventless=True):
        which = ComplaintLetter.id == letter_id
        db.session.execute(sa.update(ComplaintLetter).where(which).values(mailed_at=now))


def put_off(letter_id: int | None, until: dt.datetime, now: dt.datetime) -> None:
    """The mail server did not take this one, or (None) takes nothing: not tried again before."""
    with atomic(CITY, now, eventless=True):
        which: sa.ColumnElement[bool] = ComplaintLetter.mailed_at.is_(None)
        if letter_id is not None:
            which = sa.and_(which, ComplaintLetter.id == letter_id)
        db.session.execute(sa.update(ComplaintLetter).where(which).values(mail_after=until))
