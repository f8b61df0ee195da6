"""What the wiring hands to the views: settings, clock, store, mail, secrets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app

from kimcms.config import Settings
from kimcms.storage.files import FileStore
from kimcms.storage.mail import Mailer
from kimcms.storage.pieces import PieceStore
from kimcms.storage.secrets import LinkSigner, Passwords, Signer


@dataclass(frozen=True)
class Tools:
    settings: Settings
    clock: Callable[[], dt.datetime]
    media: FileStore
    private: FileStore
    pieces: PieceStore
    mailer: Mailer
    passwords: Passwords
    signer: LinkSigner
    previews: Signer
    complaints: Signer
    wakes: Signer
    build: str  # changes when templates, code or styles change

    @property
    def stores(self) -> dict[str, FileStore]:
        """What a city has beside the database: photos, and papers that only some may see."""
        return {"media": self.media, "private": self.private}


def tools() -> Tools:
    """Those of the running app."""
    return cast(Tools, current_app.extensions["kimcms"])
