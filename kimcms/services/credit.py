"""The credit verdict of the activity tracker: judged once, on the revision that is first public."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.credit import Verdict
from kimcms.domain.credit import judge as verdict_of
from kimcms.domain.html import own_text
from kimcms.domain.likeness import fingerprint
from kimcms.models.article import Article, Fingerprint
from kimcms.queries import clusters, credit


def judge(article: Article) -> None:
    """Judge the live revision and keep verdict and fingerprint with the article."""
    assert article.public_at is not None
    verdict = preview(article, article.public_at)
    article.credit = verdict.as_dict()
    forget(article)
    assert article.live is not None
    rows = [
        {"article_id": article.id, "hash": value, "at": article.public_at}
        for value in sorted(fingerprint(own_text(article.live.body)))
    ]
    if rows:
        db.session.execute(sa.insert(Fingerprint), rows)


def forget(article: Article) -> None:
    """An article that will not be public is not a text that others can be like."""
    db.session.execute(sa.delete(Fingerprint).where(Fingerprint.article_id == article.id))


def preview(article: Article, at: dt.datetime) -> Verdict:
    """What the verdict on the newest revision would be: shown to the writer before publishing."""
    revision = article.newest
    assert revision is not None
    policy = clusters.policy_in_force(at)
    text = own_text(revision.body)
    since = at - dt.timedelta(days=policy.likeness_days)
    return verdict_of(
        text=text,
        imported=article.imported,
        repost=bool(revision.repost_source),
        captioned_photo=bool(revision.photo_id and revision.photo_caption),
        older=credit.similar(article.id, fingerprint(text), since, at),
        words_with_photo=policy.words_with_photo,
        words_without=policy.words_without,
        likeness_limit=policy.likeness_limit,
    )
