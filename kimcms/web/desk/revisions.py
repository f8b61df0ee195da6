"""The history of an item's words: who wrote what when, what changed, and back to it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, render_template, request
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article, Revision
from kimcms.queries import accounts as people
from kimcms.queries import desk as newsroom
from kimcms.queries import revisions as histories
from kimcms.queries.articles import categories
from kimcms.queries.paging import Cursor
from kimcms.services import articles
from kimcms.web import sentences
from kimcms.web.access import actor, may, on_article
from kimcms.web.desk import changes, desk, pages
from kimcms.web.desk.forms import RevisionForm


# Asked of SUBMIT, which says who works on an item in any state; the Forum sees no drafts.
@desk.get("/k/<kim>/berita/<int:article_id>/riwayat")
@on_article(Verb.SUBMIT)
def article_revisions(article: Article) -> str:
    """All entries, newest first."""
    page = histories.entries(article.id, Cursor.read(request.args.get("sesudah")))
    return render_template(
        "desk/revisions/list.html",
        kim=article.kim,
        article=article,
        page=page,
        first="sesudah" not in request.args,
    )


@desk.get("/k/<kim>/berita/<int:article_id>/riwayat/beda")
@on_article(Verb.SUBMIT)
def article_changes(article: Article) -> str:
    """What changed from one revision to another: by default the newest, and the one before."""
    return _changes(article, request.args)


@desk.post("/k/<kim>/berita/<int:article_id>/riwayat/kembali")
@on_article(Verb.WRITE)
def article_bring_back(article: Article) -> Any:
    """Old words as the newest ones."""
    form = RevisionForm()
    if not form.validate_on_submit():
        return _changes(article, {}, _("Pilih versi dari riwayat.")), 422
    try:
        articles.bring_back(actor(), article, form.revisi.data, form.dasar.data, g.now)
    except Refused as refusal:
        shown = {"ke": str(form.revisi.data)} if refusal.code != "revision_gone" else {}
        return _changes(article, shown, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Naskah kembali ke versi itu. Versi sebelumnya tetap ada di riwayat."), "ok")
    return pages.to("desk.article_edit", article)


def _changes(article: Article, wanted: Any, problem: str | None = None) -> str:
    newest = article.newest
    assert newest is not None
    new = _named(article, wanted.get("ke")) or newest
    old = _named(article, wanted.get("dari")) or histories.before(article.id, new.id)
    names = {topic.id: topic.name for topic in categories()}
    return render_template(
        "desk/revisions/changes.html",
        kim=article.kim,
        article=article,
        old=old,
        new=new,
        authors={r.id: people.user(r.author_id) for r in (old, new) if r is not None},
        fields=changes.fields(old, new, names),
        passages=changes.text(old, new),
        entries=histories.entries(article.id, size=100).rows,
        form=RevisionForm(formdata=None, data={"revisi": new.id, "dasar": newest.id}),
        can_bring_back=new.id != newest.id and may(Verb.WRITE, article),
        problem=problem,
    )


def _named(article: Article, number: str | None) -> Revision | None:
    """A revision by the number in the address; 404 for anything that names none."""
    if not number:
        return None
    found = newsroom.revision(article.id, int(number)) if number.isdecimal() else None
    return found or abort(404)
