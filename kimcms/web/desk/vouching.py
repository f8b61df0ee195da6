"""The Forum as the second person for a text that speaks of gambling."""

from __future__ import annotations

from typing import Any

from flask import flash, g, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.models.article import Article
from kimcms.queries import accounts as people
from kimcms.queries import vouches
from kimcms.queries.claims import Holder
from kimcms.services import signs, vouching
from kimcms.web import sentences, signal_words
from kimcms.web.access import actor, on_vouched
from kimcms.web.desk import claims, desk, waiting
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.review_forms import ReasonForm


@desk.get("/tinjauan/kedua/<int:article_id>")
@on_vouched
def vouch_page(article: Article) -> str:
    """Opening it takes it."""
    return _page(article, other=claims.hold(article))


@desk.post("/tinjauan/kedua/<int:article_id>")
@on_vouched
def vouch(article: Article) -> Any:
    form = ReasonForm()
    try:
        vouching.vouch(actor(), article, form.revisi.data or 0, g.now)
    except Refused as refusal:
        return _page(article, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Disetujui. KIM diberi tahu dan bisa menerbitkannya."), "ok")
    return waiting.onward(url_for("desk.home"))


def _page(article: Article, problem: str | None = None, other: Holder | None = None) -> str:
    there = vouches.of(article)
    assert article.newest is not None
    found = signs.before_publishing(actor(), article, g.now)
    return render_template(
        "desk/vouching/page.html",
        article=article,
        kim=article.kim,
        revision=article.newest,
        signs=signal_words.explained(found),
        wisher=people.user(there.made_by) if there else None,
        form=ReasonForm(formdata=None),
        problem=problem,
        other=other,
        said=claims.sentence,
        button=ButtonForm(),
        way=waiting.way(),
    )
