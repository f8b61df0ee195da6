"""The names under an article."""

from __future__ import annotations

from typing import Any

from flask import flash, g
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.queries import bylines as people
from kimcms.services import bylines
from kimcms.web import sentences
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk, pages
from kimcms.web.desk.byline_forms import BylinesForm


@desk.post("/k/<kim>/berita/<int:article_id>/pewarta")
@on_article(Verb.PUBLISH)
def article_bylines(article: Article) -> Any:
    form = BylinesForm(article, people.of(article))
    if not form.validate_on_submit():
        return pages.detail(article, byline_form=form), 422
    try:
        bylines.set_beside(actor(), article, form.chosen(), g.now)
    except Refused as refusal:
        form.kedua.errors = [sentences.sentence(refusal)]
        return pages.detail(article, byline_form=form), sentences.status(refusal)
    flash(_("Nama pewarta tersimpan."), "ok")
    return pages.to("desk.article_detail", article)
