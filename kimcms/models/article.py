from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kimcms.db import Base, BigId, UtcDateTime, choice
from kimcms.domain.review import Reason
from kimcms.domain.visibility import NEWS_LASTS
from kimcms.domain.workflow import Exposure, FeedState, TextState, Withdrawal
from kimcms.models.kim import Kim

_PUBLIC = sa.text("exposure = 'public'")
_IN_FEED = sa.text("exposure = 'public' AND feed_state = 'accepted'")
_GONE = sa.text("exposure = 'withdrawn'")
_PENDING = sa.text("feed_state = 'pending'")
_UNREAD = sa.text("unread_since IS NOT NULL")
_REVIEWED = sa.text("reviewed_at IS NOT NULL")
_HIDDEN = sa.text("hidden_until IS NOT NULL")
_FOLDED = sa.text("folded_at IS NOT NULL")
_SHOWN = frozenset(
    {"exposure", "public_at", "hidden_until", "live_revision_id", "slug", "category_id"}
    | {"withdrawn_for", "withdrawn_note"}
)


def _partial(name: str, where: sa.TextClause, *columns: str) -> sa.Index:
    """An index of the rows that a list shows."""
    return sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Category(Base):
    """A topic of the city, the same for all KIMs."""

    __tablename__ = "category"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(63), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    rank: Mapped[int] = mapped_column(default=0)

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"look"})


class Article(Base):
    """An item of one KIM: its three states and two revisions. The words are in the revisions."""

    __tablename__ = "article"
    __table_args__ = (
        sa.UniqueConstraint("kim_id", "slug"),
        _partial("ix_article_public", _PUBLIC, "kim_id", "public_at", "id"),
        _partial("ix_article_topic", _PUBLIC, "kim_id", "category_id", "public_at", "id"),
        _partial("ix_article_feed", _IN_FEED, "public_at", "id"),
        _partial("ix_article_feed_topic", _IN_FEED, "category_id", "public_at", "id"),
        _partial("ix_article_feed_kim", _IN_FEED, "kim_id", "public_at", "id"),
        _partial("ix_article_author", _PUBLIC, "kim_id", "author_id", "public_at", "id"),
        _partial("ix_article_part", _PUBLIC, "kim_id", "id"),
        _partial("ix_article_gone", _GONE, "withdrawn_at", "id"),
        _partial("ix_article_gone_kim", _GONE, "kim_id", "withdrawn_at", "id"),
        _partial("ix_article_pending", _PENDING, "offered_at", "id"),
        _partial("ix_article_unread", _UNREAD, "unread_since", "id"),
        _partial("ix_article_checked", _PUBLIC, "checked_at", "id"),
        _partial("ix_article_pending_kim", _PENDING, "kim_id", "offered_at", "id"),
        _partial("ix_article_unread_kim", _UNREAD, "kim_id", "unread_since", "id"),
        _partial("ix_article_reviewed", _REVIEWED, "kim_id", "reviewed_at", "feed_state"),
        _partial("ix_article_hidden", _HIDDEN, "hidden_until", "id"),
        sa.Index("ix_article_desk", "kim_id", "touched_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(100))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    text_state: Mapped[TextState] = mapped_column(choice(TextState), default=TextState.DRAFT)
    exposure: Mapped[Exposure] = mapped_column(choice(Exposure), default=Exposure.NEVER)
    feed_state: Mapped[FeedState] = mapped_column(choice(FeedState), default=FeedState.NONE)

    newest_revision_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("revision.id", use_alter=True), index=True
    )
    live_revision_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("revision.id", use_alter=True), index=True
    )
    # The live revision's, so that a list by topic needs no join.
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("category.id"), index=True)

    public_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # When the live revision or its newest correction went before readers; None for what was
    # loaded with its first one.
    live_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # The emergency hide: until when, and of the last one since when, by whom and why.
    hidden_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    hidden_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    hidden_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    hidden_note: Mapped[str] = mapped_column(sa.String(500), default="")
    withdrawn_for: Mapped[Withdrawal | None] = mapped_column(choice(Withdrawal))
    withdrawn_note: Mapped[str] = mapped_column(sa.String(500), default="")
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    # When the link to its preview was shared, which ends with what it shows; None: there is none.
    previewed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    # Its corrections, newest first, as `Note.stored`: what is read with the article costs no query.
    notes: Mapped[list[list[str]] | None] = mapped_column(sa.JSON(none_as_null=True))
    # Its published rights of reply, oldest first, as `replies.Reply.stored`; kept here likewise.
    replies: Mapped[list[list[str]] | None] = mapped_column(sa.JSON(none_as_null=True))

    site_only: Mapped[bool] = mapped_column(default=False)
    # Since when it waits for the Forum, while `feed_state` is pending.
    offered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # Since when an accepted item waits to be read: it came in by trust, or ("berubah") its live
    # revision is not the reviewed one. None: read. Only ever set while accepted.
    unread_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # What `domain.signals` found in the live revision, as `Signal.stored`; None: nothing.
    signals: Mapped[list[list[str]] | None] = mapped_column(sa.JSON(none_as_null=True))
    # When the live revision was last held against the Forum's lists; None: never, as if imported.
    checked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reviewed_revision_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("revision.id", use_alter=True), index=True
    )
    reviewed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    # Why the Forum said no, from the list and in its words; empty after an accepting decision.
    review_why: Mapped[Reason | None] = mapped_column(choice(Reason))
    review_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    returned_note: Mapped[str] = mapped_column(sa.String(2000), default="")

    imported: Mapped[bool] = mapped_column(default=False)
    # The credit verdict, judged once on the revision that is first public.
    credit: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)

    @property
    def is_changed(self) -> bool:
        """Another revision is live than the one that the Forum has read ("berubah")."""
        read = self.reviewed_revision_id
        return read is not None and read != self.live_revision_id

    kim: Mapped[Kim] = relationship()
    newest: Mapped[Revision | None] = relationship(
        foreign_keys=[newest_revision_id], post_update=True
    )
    live: Mapped[Revision | None] = relationship(foreign_keys=[live_revision_id], post_update=True)

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        if self.exposure is Exposure.NEVER:  # no way leads back to it
            return frozenset()
        tags = {f"kim:{self.kim_id}"} if changed & _SHOWN else set()
        accepted = self.feed_state is FeedState.ACCEPTED
        if (accepted and changed & _SHOWN) or "feed_state" in changed:
            tags.add("feed")
        return frozenset(tags)

    def page_moments(self, changed: frozenset[str]) -> frozenset[dt.datetime]:
        if self.exposure is not Exposure.PUBLIC:
            return frozenset()
        moments = {moment for moment in (self.public_at, self.hidden_until) if moment}
        return frozenset(moments | {at + NEWS_LASTS for at in (self.public_at,) if at})


class Revision(Base):
    """One saved state of an article's words; never changed afterwards."""

    __tablename__ = "revision"
    __table_args__ = (
        sa.UniqueConstraint("article_id", "number"),
        _partial("ix_revision_folded", _FOLDED, "folded_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"))
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # An autosave: when its writing session began. None where a person pressed a button.
    auto_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # When a later autosave took its place in the history.
    folded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(sa.String(140))
    lead: Mapped[str] = mapped_column(sa.String(400), default="")
    body: Mapped[str] = mapped_column(sa.Text, default="")  # HTML in its final form
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("category.id"))
    event_on: Mapped[dt.date | None]
    repost_source: Mapped[str] = mapped_column(sa.String(140), default="")
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("media.id"), index=True)
    photo_caption: Mapped[str] = mapped_column(sa.String(300), default="")
    photo_alt: Mapped[str] = mapped_column(sa.String(300), default="")
    photo_credit: Mapped[str] = mapped_column(sa.String(80), default="")
    # PDFs for download, as `domain.attachments` writes them: beside the text, they cost no query.
    attachments: Mapped[str] = mapped_column(sa.Text, default="")


class RevisionMedia(Base):
    """Which pictures a revision shows: what `/media/` asks before it serves one."""

    __tablename__ = "revision_media"

    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"), primary_key=True)
    media_id: Mapped[int] = mapped_column(sa.ForeignKey("media.id"), primary_key=True, index=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))


class ArticleSlug(Base):
    """A slug once used in a KIM: never given to another article, redirected to its own."""

    __tablename__ = "article_slug"

    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), index=True)


class Fingerprint(Base):
    """Sampled shingles of texts that have been public, by which copies are found."""

    __tablename__ = "fingerprint"
    __table_args__ = (sa.Index("ix_fingerprint_hash_at", "hash", "at"),)

    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    hash: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
