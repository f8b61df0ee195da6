"""Notices as letters. The outbox rows are the truth; a letter's id is its notice's."""

from __future__ import annotations

import time
from email.message import EmailMessage
from email.utils import formatdate
from textwrap import shorten

from flask import current_app, render_template
from flask_babel import gettext as _

from kimcms.domain.hosts import Door
from kimcms.domain.notices import (
    DIGEST_HOUR,
    GIVE_UP,
    LETTER_REST,
    SERVER_REST,
    digest_before,
    rest,
    topic_of,
)
from kimcms.models.account import User
from kimcms.models.notice import Notice
from kimcms.queries import notices
from kimcms.services import notices as outbox
from kimcms.storage.mail import NotTaken
from kimcms.web import words
from kimcms.web.links import desk_url
from kimcms.web.told import sentence
from kimcms.web.tools import tools

RUN_LONGEST = 40.0  # seconds, so that a slow mail server does not hold up the other tasks
_SUBJECT_LONGEST = 150
_LINES_MOST = 40  # of a daily letter


def send_waiting() -> int:
    """Mail what is due; how many letters went.

    A letter that is not taken waits by itself. A server that takes nothing ends the run, and is
    left alone for a while. Only a crash between the mail server's yes and the mark can send a
    letter twice.
    """
    sent, now, ends = 0, tools().clock(), time.monotonic() + RUN_LONGEST
    for user, due in notices.due(now, digest_before(now)):
        ids, written = [notice.id for notice in due], due[0].created_at
        wanted = [notice for notice in due if topic_of(notice.kind) not in user.mail_off]
        if user.email and wanted:
            try:
                tools().mailer.send(letter(wanted, user))
                sent += 1
            except (NotTaken, LookupError, TypeError, ValueError) as problem:
                current_app.logger.warning("letter %s is not taken: %r", ids[0], problem)
                if now - written < GIVE_UP:
                    outbox.put_off(ids, now + rest(written, now, LETTER_REST), now)
                    continue
            except OSError as problem:
                current_app.logger.warning("letter %s waits: %s", ids[0], problem)
                outbox.put_all_off(now + rest(written, now, SERVER_REST), now)
                return sent
        outbox.mark_mailed(ids, tools().clock())
        if time.monotonic() > ends:
            break
    return sent


def letter(told: list[Notice], user: User) -> EmailMessage:
    """One notice as plain text, or those of a day."""
    first, last = told[0], told[-1]
    settings = tools().settings
    made = EmailMessage()
    made["From"] = settings.mail_from
    made["To"] = user.email
    made["Date"] = formatdate(last.created_at.timestamp())
    kind = "notice" if len(told) == 1 else "digest"
    made["Message-ID"] = f"<{kind}-{last.id}@{settings.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    topic = topic_of(first.kind)
    choices = desk_url(_newsroom_path("desk.letter_choices"))
    if topic is not None:
        made["List-Unsubscribe"] = f"<{choices}>"
    values = {"name": user.name, "choices": choices, "hour": f"{DIGEST_HOUR:02}.00"}
    if len(told) == 1:
        made["Subject"] = shorten(sentence(first), _SUBJECT_LONGEST, placeholder=" …")
        text = render_template(
            "mail/notice.txt",
            text=sentence(first),
            address=desk_url(_path(first)),
            once="link" in first.data,
            topic=words.TOPICS[topic] if topic else None,
            **values,
        )
    else:
        made["Subject"] = _("%(count)s kabar dari redaksi KIM", count=len(told))
        lines = [(sentence(notice), desk_url(_path(notice))) for notice in told[:_LINES_MOST]]
        more = len(told) - len(lines)
        text = render_template("mail/digest.txt", lines=lines, more=more, all=_list(), **values)
    made.set_content(text)
    return made


def _list() -> str:
    return desk_url(_newsroom_path("desk.notice_list"))


def _path(notice: Notice) -> str:
    link = notice.data.get("link")
    wake = notice.data.get("wake")
    if wake is not None:
        return _newsroom_path("desk.wake_link", token=tools().wakes.token(wake))
    if link is None:
        return notice.path or _newsroom_path("desk.notice_list")
    return _newsroom_path("desk.one_time_link", token=tools().signer.token(link))


def _newsroom_path(endpoint: str, **values: str) -> str:
    path: str = current_app.url_map.bind(Door.REDAKSI.value).build(endpoint, values)
    return path
