"""Letters to senders of complaints: the number, what happened, and the way to their own page. Never
what was written."""

from __future__ import annotations

import time
from email.message import EmailMessage
from email.utils import formatdate

from flask import current_app, render_template
from flask_babel import gettext as _

from kimcms.domain.notices import GIVE_UP, LETTER_REST, SERVER_REST, rest
from kimcms.models.complaint import Complaint, ComplaintLetter
from kimcms.models.kim import Kim
from kimcms.queries import complaints
from kimcms.services import complaint_letters as outbox
from kimcms.storage.mail import NotTaken
from kimcms.web.letters import RUN_LONGEST
from kimcms.web.links import site_url
from kimcms.web.tools import tools


def send_waiting() -> int:
    """Mail what waits; how many letters went. As with notices, a server that takes nothing ends the
    run, and a letter that is refused by itself waits alone."""
    sent, now, ends = 0, tools().clock(), time.monotonic() + RUN_LONGEST
    for waiting, complaint, kim in complaints.letters_due(now):
        if complaint.email:
            try:
                tools().mailer.send(letter(waiting, complaint, kim))
                sent += 1
            except (NotTaken, ValueError) as problem:
                current_app.logger.warning("complaint letter %s: %r", waiting.id, problem)
                if now - waiting.at < GIVE_UP:
                    outbox.put_off(waiting.id, now + rest(waiting.at, now, LETTER_REST), now)
                    continue
            except OSError as problem:
                current_app.logger.warning("complaint letter %s waits: %s", waiting.id, problem)
                outbox.put_off(None, now + rest(waiting.at, now, SERVER_REST), now)
                return sent
        outbox.mark_mailed(waiting.id, tools().clock())
        if time.monotonic() > ends:
            break
    return sent


def letter(waiting: ComplaintLetter, complaint: Complaint, kim: Kim) -> EmailMessage:
    """One letter as plain text."""
    settings = tools().settings
    token = tools().complaints.secret_of(complaint.form_hash)
    made = EmailMessage()
    made["From"] = settings.mail_from
    made["To"] = complaint.email
    made["Date"] = formatdate(waiting.at.timestamp())
    made["Message-ID"] = f"<complaint-{waiting.id}@{settings.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Subject"] = {
        "arrived": _("Aduan %(number)s diterima", number=complaint.number),
        "answered": _("Aduan %(number)s dijawab", number=complaint.number),
        "closed": _("Aduan %(number)s ditutup Forum KIM", number=complaint.number),
    }[waiting.kind]
    text = render_template(
        "mail/complaint.txt",
        kind=waiting.kind,
        complaint=complaint,
        kim=kim,
        address=site_url(kim.slug, kim.canonical_alias, f"/aduan/{token}"),
    )
    made.set_content(text)
    return made
