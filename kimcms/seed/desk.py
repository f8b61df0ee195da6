"""What the Forum's desk of the sample city has on it: an item in each state of the city feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.review import Reason, Why
from kimcms.domain.roles import Role
from kimcms.domain.trust import PROPOSED_AFTER
from kimcms.domain.workflow import FeedState
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.seed.cast import Crew
from kimcms.services import articles, publishing, review, revisions
from kimcms.services.articles import Edit

_ASKED = (
    Why(Reason.SOURCE, "Sebut siapa yang memberi angka peserta, misalnya ketua RW."),
    Why(Reason.WRITING, "Tambahkan jam dan tempat kegiatan di paragraf pertama."),
)
_DECLINED = (
    Why(Reason.PROMOTION, "Isinya menawarkan barang dengan harga. Tulis kegiatannya."),
    Why(Reason.DUPLICATE, "Kegiatan yang sama sudah diberitakan KIM tetangga kemarin."),
)
_APPEAL = "Kegiatannya memang bersama, tetapi bagian ini hanya terjadi di kelurahan kami."


def lay_out(crew: Crew, now: dt.datetime) -> None:
    """Of what waits, some is decided; two KIMs have the Forum's trust, one of them with an item
    that changed since, the other with one that shows a telephone number."""
    waiting = list(
        db.session.scalars(
            sa.select(Article)
            .where(Article.feed_state == FeedState.PENDING)
            .order_by(Article.offered_at, Article.id)
        )
    )
    asked, declined = waiting[:2], waiting[2:4]
    for article, why in zip(asked, _ASKED, strict=False):
        review.ask_change(crew.moderator, article, article.live_revision_id or 0, why, now)
    for article, why in zip(declined, _DECLINED, strict=False):
        review.decline(crew.moderator, article, article.live_revision_id or 0, why, now)
    for article in declined[1:]:
        review.appeal(crew.people[article.kim_id, Role.EDITOR], article, _APPEAL, now)
    # KIM Nukus is the one whose news newcomers take to the portal: it waits for the Forum.
    ready = (
        sa.select(Kim)
        .where(Kim.accepted_first >= PROPOSED_AFTER, Kim.slug != "nukus")
        .order_by(Kim.id)
        .limit(2)
    )
    kims = list(db.session.scalars(ready))
    said = ("Data peserta dilengkapi.", "Pendaftaran berikutnya lewat 0812 0000 0000.")
    for kim, lead in zip(kims, said, strict=False):
        review.set_trust(crew.moderator, kim, True, "", now)
        _change(crew, kim, lead, now)


def _change(crew: Crew, kim: Kim, more: str, now: dt.datetime) -> None:
    """The newest accepted item of a KIM says something more."""
    article = db.session.scalar(
        sa.select(Article)
        .where(Article.kim_id == kim.id, Article.feed_state == FeedState.ACCEPTED)
        .order_by(Article.public_at.desc(), Article.id.desc())
        .limit(1)
    )
    if article is None or article.newest is None:
        return
    editor = crew.people[kim.id, Role.EDITOR]
    words = revisions.draft_of(article.newest)
    lead = f"{words.lead} {more}".strip()
    edit = Edit(replace(words, lead=lead), article.newest_revision_id)
    articles.save(editor, article, edit, now)
    publishing.publish(editor, article, now)
