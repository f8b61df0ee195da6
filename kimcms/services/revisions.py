"""Revisions: the one place where words are cleaned and stored."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain import attachments
from kimcms.domain.attachments import Attachment
from kimcms.domain.draft import (
    CAPTION_LONGEST,
    CREDIT_LONGEST,
    LEAD_LONGEST,
    TITLE_LONGEST,
    Draft,
    Readiness,
    fitting,
)
from kimcms.domain.draft import readiness as judge
from kimcms.domain.html import (
    check_size,
    clean_html,
    from_markdown,
    image_ids,
    images_without_text,
    own_text,
)
from kimcms.domain.likeness import words
from kimcms.domain.refusal import Refused
from kimcms.domain.revisions import place
from kimcms.domain.roles import Actor
from kimcms.models.article import Article, ArticleSlug, Category, Revision, RevisionMedia
from kimcms.models.byline import Byline
from kimcms.models.note import Note
from kimcms.models.presence import Presence
from kimcms.models.vouch import Vouch
from kimcms.queries import media
from kimcms.queries.revisions import run_of
from kimcms.services import media as library
from kimcms.services.unit import atomic

_WORDS = ("title", "lead", "body", "category_id", "event_on", "repost_source", "attachments")
_PHOTO = ("photo_id", "photo_caption", "photo_alt", "photo_credit")

# How long the words of folded autosaves are kept: a phone may come back with one as its base.
FOLDED_LASTS = dt.timedelta(days=30)
_AT_ONCE = 500


def add(actor: Actor, article: Article, draft: Draft, now: dt.datetime) -> bool:
    """Append a revision and make it the newest; False where nothing differs from the one before.

    Everybody's HTML goes through the one sanitiser here, and is never changed afterwards.
    """
    revision = _clean(article, draft)
    if article.newest and _same(article.newest, revision):
        return False
    _append(actor, article, revision, now)
    return True


def autosave(actor: Actor, article: Article, draft: Draft, now: dt.datetime) -> bool:
    """The same by itself, without a person asking; whether an entry of the history begins.

    Most of the time it takes the place of the autosave before it, whose words stay for a while.
    """
    assert actor.user_id is not None
    revision = _clean(article, draft)
    if article.newest and _same(article.newest, revision):
        return False
    run = run_of(article.id, actor.user_id)
    here = place([entry.auto_since for entry in run if entry.auto_since], now)
    if here.instead_of is not None:
        run[here.instead_of].folded_at = now
    revision.auto_since = here.since
    _append(actor, article, revision, now)
    return here.begins


def _append(actor: Actor, article: Article, revision: Revision, now: dt.datetime) -> None:
    assert actor.user_id is not None
    last = article.newest
    revision.article_id = article.id
    revision.number = last.number + 1 if last else 1
    revision.author_id = actor.user_id
    revision.created_at = now
    db.session.add(revision)
    db.session.flush()
    shown = {*image_ids(revision.body), *([revision.photo_id] if revision.photo_id else [])}
    shown |= {one.media_id for one in attachments.read(revision.attachments)}
    for media_id in sorted(shown):
        link = RevisionMedia(revision_id=revision.id, media_id=media_id, kim_id=article.kim_id)
        db.session.add(link)
    library.learn(last, revision)
    article.newest_revision_id = revision.id
    db.session.flush()
    db.session.refresh(article, ["newest"])


def holds(article: Article, draft: Draft) -> bool:
    """Whether some revision has these very words and this photo."""
    wanted = _clean(article, draft)
    same = [
        getattr(Revision, name).is_not_distinct_from(getattr(wanted, name))
        for name in (*_WORDS, *_PHOTO)
    ]
    found = sa.select(sa.literal(1)).where(Revision.article_id == article.id, *same).limit(1)
    return db.session.scalar(found) is not None


def forget_folded(now: dt.datetime) -> int:
    """Take away autosaves that gave up their place in the history long ago; how many.

    In small portions, so that nobody waits for it.
    """
    gone, old = 0, Revision.folded_at < now - FOLDED_LASTS
    while True:
        with atomic(CITY, now, eventless=True):
            ids = list(db.session.scalars(sa.select(Revision.id).where(old).limit(_AT_ONCE)))
            for table, column in (
                (RevisionMedia, RevisionMedia.revision_id),
                (Revision, Revision.id),
            ):
                db.session.execute(sa.delete(table).where(column.in_(ids)))
        gone += len(ids)
        if len(ids) < _AT_ONCE:
            return gone


def is_newest(article: Article, draft: Draft) -> bool:
    """Whether the newest revision has these very words and this photo."""
    return article.newest is not None and _same(article.newest, _clean(article, draft))


def draft_of(revision: Revision) -> Draft:
    """The words of a revision, to be saved again or merged."""
    words = {name: getattr(revision, name) for name in (*_WORDS, *_PHOTO)}
    return Draft(**words | {"attachments": attachments.read(revision.attachments)})


def cleaned(article: Article, draft: Draft) -> Draft:
    """The draft as it would be stored; refused where saving it would be."""
    return draft_of(_clean(article, draft))


def _same(one: Revision, other: Revision) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in (*_WORDS, *_PHOTO))


def _clean(article: Article, draft: Draft) -> Revision:
    check_size(draft.body)
    source = from_markdown(draft.body) if draft.markdown else draft.body
    own = media.photos(article.kim_id, {*image_ids(source), draft.photo_id or 0})
    if draft.photo_id is not None and draft.photo_id not in own:
        raise Refused("photo_unknown")
    if draft.category_id is not None and db.session.get(Category, draft.category_id) is None:
        raise Refused("category_unknown")
    return Revision(
        kim_id=article.kim_id,
        title=fitting("title", draft.title, TITLE_LONGEST),
        lead=fitting("lead", draft.lead, LEAD_LONGEST),
        body=clean_html(source, own),
        category_id=draft.category_id,
        event_on=draft.event_on,
        repost_source=fitting("repost_source", draft.repost_source, TITLE_LONGEST),
        photo_id=draft.photo_id,
        photo_caption=fitting("photo_caption", draft.photo_caption, CAPTION_LONGEST),
        photo_alt=fitting("photo_alt", draft.photo_alt, CAPTION_LONGEST),
        photo_credit=fitting("photo_credit", draft.photo_credit, CREDIT_LONGEST),
        attachments=_attached(article.kim_id, draft),
    )


def _attached(kim_id: int, draft: Draft) -> str:
    """The PDFs of a draft, each with its size and a title."""
    own = media.pdfs(kim_id, [one.media_id for one in draft.attachments])
    if any(one.media_id not in own for one in draft.attachments):
        raise Refused("pdf_unknown")
    return attachments.stored(
        Attachment(
            one.media_id,
            fitting("attachment", one.title or own[one.media_id].caption, TITLE_LONGEST),
            own[one.media_id].size,
        )
        for one in draft.attachments
    )


def readiness(article: Article) -> Readiness:
    """What the newest revision still lacks."""
    revision = article.newest
    assert revision is not None
    return judge(
        title=revision.title,
        words=len(words(own_text(revision.body))),
        category_id=revision.category_id,
        photo_id=revision.photo_id,
        photo_caption=revision.photo_caption,
        photo_alt=revision.photo_alt,
        pictures_without_text=len(images_without_text(revision.body)),
    )


def remove_all(article: Article) -> None:
    """Take away an article that was never public, with its words and its slug."""
    own = sa.select(Revision.id).where(Revision.article_id == article.id)
    article.newest_revision_id = article.live_revision_id = None
    db.session.flush()
    for statement in (
        sa.delete(Presence).where(Presence.article_id == article.id),
        sa.delete(Note).where(Note.article_id == article.id),
        sa.delete(Vouch).where(Vouch.article_id == article.id),
        sa.delete(RevisionMedia).where(RevisionMedia.revision_id.in_(own)),
        sa.delete(Revision).where(Revision.article_id == article.id),
        sa.delete(Byline).where(Byline.article_id == article.id),
        sa.delete(ArticleSlug).where(ArticleSlug.article_id == article.id),
    ):
        db.session.execute(statement)
    db.session.delete(article)
