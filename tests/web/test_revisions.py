"""Autosaves, the history, and two texts over HTTP."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.article import Revision
from tests.world import LONG, City


def typed(city: City, **more: object) -> dict[str, object]:
    return {
        "judul": "Posyandu Melati timbang balita",
        "isi": LONG,
        "format": "markdown",
        "topik": str(city.topic()),
        **more,
    }


def test_two_hundred_autosaves_leave_at_most_three_entries(city: City) -> None:
    article = city.write()
    path, article_id = f"/k/nukus/berita/{article.id}", article.id
    desk, base = city.desk("nukus_pewarta"), article.newest_revision_id
    newest = sa.select(sa.func.max(Revision.id)).where(Revision.article_id == article_id)
    for number in range(200):
        city.clock.forward(seconds=30)
        words = typed(city, isi=f"{LONG} {number}", dasar=base, kunci=f"kunci{number:04}")
        answer = desk.post(f"{path}/simpan", {**words, "otomatis": "1"})
        assert answer.status_code < 400, answer.text
        base = db.session.scalar(newest)
    autosaves = db.session.scalars(
        sa.select(Revision)
        .where(Revision.article_id == article_id, Revision.auto_since.is_not(None))
        .order_by(Revision.id)
    ).all()
    assert len(autosaves) == 200
    shown = [row for row in autosaves if row.folded_at is None]
    assert len(shown) <= 3
    assert "199" in shown[-1].body
