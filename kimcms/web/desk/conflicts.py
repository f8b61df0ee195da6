"""Two people saved one item: choosing between the texts, part by part."""

from __future__ import annotations

from typing import Any

from flask import flash, g
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.services import articles
from kimcms.services.articles import Edit
from kimcms.web import sentences
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk, merging, pages, saving
from kimcms.web.desk.forms import ArticleForm
from kimcms.web.desk.merging import MergeForm


@desk.post("/k/<kim>/berita/<int:article_id>/gabung")
@on_article(Verb.WRITE)
def article_merge(article: Article) -> Any:
    """Keep what was chosen of both texts."""
    form = MergeForm()
    edit = _chosen(article, form)
    if not isinstance(edit, Edit):
        return edit
    try:
        articles.save(actor(), article, edit, g.now)
    except Refused as refusal:
        return _again(article, form, edit, refusal)
    flash(_("Gabungan tersimpan di server."), "ok")
    # The text that lay on the phone is in it.
    return pages.to("desk.article_edit", article, terkirim=form.lembar.data or None)


@desk.post("/k/<kim>/berita/<int:article_id>/gabung/ubah")
@on_article(Verb.WRITE)
def article_merge_edit(article: Article) -> Any:
    """What was chosen of both texts as the form for writing; nothing is kept yet."""
    form = MergeForm()
    edit = _chosen(article, form)
    if not isinstance(edit, Edit):
        return edit
    same = {"kunci": edit.key, "lembar": form.lembar.data}
    values = merging.values(edit.draft, edit.base_revision_id)
    written = ArticleForm(formdata=None, data=values | same)
    return pages.form(article.kim, written, article)


def _chosen(article: Article, form: MergeForm) -> Any:
    """One text, or the page of both again, with a sentence."""
    saving.same_person(form)
    if not form.validate_on_submit():
        return pages.form(article.kim, form, article), 422
    try:
        return merging.chosen(article, form)
    except Refused as refusal:
        shown = pages.conflict(article, form, base_id=form.pangkal.data, refusal=refusal)
        return shown, sentences.status(refusal)


def _again(article: Article, form: MergeForm, edit: Edit, refusal: Refused) -> Any:
    """A third text came in between: what was merged is mine now, over the one merged with."""
    status = sentences.status(refusal)
    if refusal.code != "stale":
        return pages.conflict(article, form, base_id=form.pangkal.data, refusal=refusal), status
    form.renew_key()
    again = pages.conflict(
        article, form, mine=edit.draft, base_id=edit.base_revision_id, refusal=refusal
    )
    return again, status
