"""Letters: by SMTP, or as files where no server is set."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds


class Mailer(Protocol):
    def send(self, letter: EmailMessage) -> None:
        """Hand over one letter; raises OSError where it could not be."""


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
        try:
            with kind(self._url.hostname or "localhost", port, timeout=TIMEOUT) as server:
                if not secure and server.has_extn("starttls"):
                    server.starttls()
                if self._url.username:
                    server.login(unquote(self._url.username), unquote(self._url.password or ""))
                server.send_message(letter)
        except smtplib.SMTPException as problem:
            raise OSError(f"mail was not taken: {problem}") from problem
