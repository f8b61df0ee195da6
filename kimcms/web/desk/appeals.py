"""A KIM asks for another look at what the Forum declined or removed."""

from __future__ import annotations

from typing import Any

from flask import flash, g
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.services import review
from kimcms.web import sentences
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk, pages
from kimcms.web.desk.review_forms import AppealForm


@desk.post("/k/<kim>/berita/<int:article_id>/banding")
@on_article(Verb.PUBLISH)
def article_appeal(article: Article) -> Any:
    form = AppealForm()
    if not form.validate_on_submit():
        return pages.detail(article, appeal_form=form), 422
    try:
        review.appeal(actor(), article, form.banding.data or "", g.now)
    except Refused as refusal:
        said = sentences.sentence(refusal)
        return pages.detail(article, appeal_form=form, problem=said), sentences.status(refusal)
    flash(_("Banding terkirim. Moderator lain akan menjawabnya."), "ok")
    return pages.to("desk.article_detail", article)
