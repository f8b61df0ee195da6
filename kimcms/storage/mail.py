"""Letters: by SMTP, or as files where no server is set."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds for each answer
_CLOSING = 421  # the server says good-bye to everybody


class NotTaken(Exception):
    """The mail server is there and does not take this letter; others it may."""


class Mailer(Protocol):
    def send(self, letter: EmailMessage) -> None:
        """Hand over one letter. Raises NotTaken, or OSError where the server takes nothing."""


class Outbox:
    """Writes letters as files: for trying out, and until a mail server is set."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = str(letter["Message-ID"]).strip("<>").replace("/", "_").replace("@", "_at_")
        (self._folder / f"{name}.eml").write_bytes(bytes(letter))


class Smtp:
    """A mail server, named by a URL `smtp[s]://user:password@host:port`."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def send(self, letter: EmailMessage) -> None:
        secure = self._url.scheme == "smtps"
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        port = self._url.port or (465 if secure else 25)
        server = None
        try:
            server = kind(self._url.hostname or "localhost", port, timeout=TIMEOUT)
            server.ehlo_or_helo_if_needed()
            if not secure and server.has_extn("starttls"):
                server.starttls()
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            _hand_over(server, letter)
        except smtplib.SMTPException as problem:
            raise OSError(f"mail was not taken: {problem}") from problem
        finally:
            if server is not None:
                _leave(server)


def _hand_over(server: smtplib.SMTP, letter: EmailMessage) -> None:
    try:
        server.send_message(letter)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as problem:
        if isinstance(problem, smtplib.SMTPDataError):
            codes = {problem.smtp_code}
        else:
            codes = {code for code, _words in problem.recipients.values()}
        if _CLOSING in codes:
            raise
        raise NotTaken(str(problem)) from problem
    except (smtplib.SMTPNotSupportedError, ValueError) as problem:  # an address that it cannot read
        raise NotTaken(str(problem)) from problem


def _leave(server: smtplib.SMTP) -> None:
    """After its yes the letter is the server's: how it takes our leave changes nothing."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()
