"""The emergency banners, as Diskominfo reads them."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.banner import Banner

_ENDED = 20


def banners() -> list[Banner]:
    """Those that stand, wait, and ended of late; the one that ends last first."""
    newest = sa.select(Banner).order_by(Banner.ends_at.desc(), Banner.id.desc()).limit(_ENDED)
    return list(db.session.scalars(newest))


def banner(banner_id: int) -> Banner | None:
    return db.session.get(Banner, banner_id)
