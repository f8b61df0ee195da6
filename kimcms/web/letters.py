"""Notices as letters. The outbox rows are the truth; a letter's id is its notice's."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate

from flask import current_app, render_template

from kimcms.domain.hosts import Door
from kimcms.models.account import User
from kimcms.models.notice import Notice
from kimcms.queries import notices
from kimcms.services.notices import mark_mailed
from kimcms.web.links import desk_url
from kimcms.web.told import sentence
from kimcms.web.tools import tools


def send_waiting() -> int:
    """Mail what is unmailed; how many letters went. Stops at the first that is not taken.

    Only a crash between the mail server's yes and the mark can send a letter twice.
    """
    sent = 0
    for notice, user in notices.unmailed():
        if user.email:
            try:
                tools().mailer.send(letter(notice, user))
            except OSError as problem:
                current_app.logger.warning("letter %s waits: %s", notice.id, problem)
                return sent
            sent += 1
        mark_mailed(notice.id, tools().clock())
    return sent


def letter(notice: Notice, user: User) -> EmailMessage:
    """A notice as plain text."""
    made = EmailMessage()
    made["From"] = tools().settings.mail_from
    made["To"] = user.email
    made["Date"] = formatdate(notice.created_at.timestamp())
    made["Message-ID"] = f"<notice-{notice.id}@{tools().settings.domain}>"
    made["Subject"] = subject(notice)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(
        render_template(
            "mail/notice.txt",
            text=subject(notice),
            address=desk_url(_path(notice)),
            name=user.name,
            kind=notice.kind,
        )
    )
    return made


def subject(notice: Notice) -> str:
    """The notice in one line, as the newsroom shows it."""
    return sentence(notice)


def _path(notice: Notice) -> str:
    link = notice.data.get("link")
    if link is None:
        return notice.path
    newsroom = current_app.url_map.bind(Door.REDAKSI.value)
    return newsroom.build("desk.one_time_link", {"token": tools().signer.token(link)})
