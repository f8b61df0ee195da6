"""Telling readers what was wrong."""

from __future__ import annotations

from typing import Any

from flask import flash, g
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.services import corrections
from kimcms.web import sentences
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk, pages
from kimcms.web.desk.correction_forms import CorrectionForm


@desk.get("/k/<kim>/berita/<int:article_id>/ralat")
@on_article(Verb.CORRECT)
def article_correct_page(article: Article) -> str:
    """What was wrong and what is right, as readers will read it."""
    return pages.correct(article, CorrectionForm())


@desk.post("/k/<kim>/berita/<int:article_id>/ralat")
@on_article(Verb.CORRECT)
def article_correct(article: Article) -> Any:
    form = CorrectionForm()
    if not form.validate_on_submit():
        return pages.correct(article, form), 422
    said = form.words()
    assert said is not None
    try:
        corrections.add(actor(), article, said, g.now)
    except Refused as refusal:
        return pages.correct(article, form, refusal), sentences.status(refusal)
    flash(_("Pembetulan tampil di atas berita."), "ok")
    return pages.to("desk.article_detail", article)
