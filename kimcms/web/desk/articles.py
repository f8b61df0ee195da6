"""Writing and editing in one KIM."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.html import to_markdown
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Reach, Verb
from kimcms.domain.workflow import TextState
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries import desk as newsroom
from kimcms.queries.paging import Cursor
from kimcms.services import articles, media
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim, on_article
from kimcms.web.desk import desk, pages, saving
from kimcms.web.desk.forms import ArticleForm, NoteForm
from kimcms.web.desk.skeletons import SKELETONS
from kimcms.web.tools import tools

SHELVES = ("semua", "draf", "menunggu", "dikembalikan", "terjadwal", "terbit")
_BY_TEXT = {
    "draf": TextState.DRAFT,
    "menunggu": TextState.SUBMITTED,
    "dikembalikan": TextState.RETURNED,
}


@desk.get("/k/<kim>/berita/")
@in_kim(Verb.SEE_KIM)
def article_list(kim: Kim) -> str:
    """The KIM's articles: all for editors, the own ones for a pewarta."""
    reach = actor().reaches(Verb.WRITE, kim.id, g.now)
    if not reach:
        abort(403)
    shelf = request.args.get("rak", "semua")
    whose = None if Reach.ALL in reach else actor().user_id
    after = Cursor.read(request.args.get("sesudah"))
    if shelf == "terjadwal":
        page = newsroom.scheduled(kim.id, g.now, author_id=whose, after=after)
    else:
        page = newsroom.lines(
            kim.id,
            author_id=whose,
            text_state=_BY_TEXT.get(shelf),
            out_by=g.now if shelf == "terbit" else None,
            after=after,
        )
    return render_template(
        "desk/articles/list.html", kim=kim, page=page, shelf=shelf, shelves=SHELVES
    )


@desk.get("/k/<kim>/berita/baru")
@in_kim(Verb.WRITE)
def article_new(kim: Kim) -> str:
    """An empty form, or one with the beginning of a usual item."""
    chosen = SKELETONS.get(request.args.get("pola", ""))
    return pages.form(kim, ArticleForm(data={"isi": chosen.body if chosen else ""}), None)


@desk.post("/k/<kim>/berita/")
@in_kim(Verb.WRITE)
def article_create(kim: Kim) -> Any:
    return _create(kim)


@desk.post("/k/<kim>/berita/kirim")
@in_kim(Verb.WRITE)
def article_create_and_submit(kim: Kim) -> Any:
    return _create(kim, send=True)


@desk.post("/k/<kim>/berita/lanjut-terbit")
@in_kim(Verb.PUBLISH)
def article_create_and_go(kim: Kim) -> Any:
    """Keep a new item, then show what goes out."""
    return _create(kim, then="desk.article_publish_page")


def _create(kim: Kim, *, send: bool = False, then: str = "desk.article_edit") -> Any:
    form = ArticleForm()
    saving.same_person(form)
    if not form.validate_on_submit():
        return saving.unfit(kim, form, None)
    article = None
    try:
        edit = form.edit(_upload(kim, form))
        article = articles.create(actor(), kim, edit, g.now)
        if send:
            articles.submit(actor(), article, g.now)
    except Refused as refusal:
        if article is None:
            if refusal.code == "key_used":
                form.renew_key()
            return saving.refused(kim, form, None, refusal)
        flash(sentences.sentence(refusal), "error")
        return pages.to("desk.article_edit", article, terkirim=form.lembar.data or None)
    said = _("Terkirim ke editor.") if send else _("Draf tersimpan di server.")
    return saving.done(article, "desk.article_detail" if send else then, form, edit, said)


@desk.get("/k/<kim>/berita/<int:article_id>")
@on_article(Verb.READ)
def article_detail(article: Article) -> str:
    """Where the item stands, what may be done next, and what happened to it."""
    return pages.detail(article)


@desk.get("/k/<kim>/berita/<int:article_id>/ubah")
@on_article(Verb.WRITE)
def article_edit(article: Article) -> str:
    assert article.newest is not None
    body = to_markdown(article.newest.body)
    form = ArticleForm(data=ArticleForm.values_of(article.newest, body))
    return pages.form(article.kim, form, article)


@desk.post("/k/<kim>/berita/<int:article_id>/simpan")
@on_article(Verb.WRITE)
def article_save(article: Article) -> Any:
    return _save(article, send=False)


@desk.post("/k/<kim>/berita/<int:article_id>/kirim")
@on_article(Verb.SUBMIT)
def article_submit(article: Article) -> Any:
    return _save(article, send=True)


@desk.post("/k/<kim>/berita/<int:article_id>/lanjut-terbit")
@on_article(Verb.PUBLISH)
def article_save_and_go(article: Article) -> Any:
    """Keep what is on the screen, then show what goes out."""
    return _save(article, send=False, then="desk.article_publish_page")


def _save(article: Article, *, send: bool, then: str = "desk.article_edit") -> Any:
    form = ArticleForm()
    saving.same_person(form)
    if not form.validate_on_submit():
        return saving.unfit(article.kim, form, article)
    try:
        edit = form.edit(_upload(article.kim, form))
        if send:
            articles.submit(actor(), article, g.now, edit)
        else:
            articles.save(actor(), article, edit, g.now)
    except Refused as refusal:
        return saving.refused(article.kim, form, article, refusal)
    said = _("Terkirim ke editor.") if send else _("Tersimpan di server.")
    return saving.done(article, "desk.article_detail" if send else then, form, edit, said)


@desk.post("/k/<kim>/berita/<int:article_id>/ambil")
@on_article(Verb.TAKE_BACK)
def article_take_back(article: Article) -> Response:
    articles.take_back(actor(), article, g.now)
    flash(_("Naskah kembali menjadi draf Anda."), "ok")
    return pages.to("desk.article_edit", article)


@desk.post("/k/<kim>/berita/<int:article_id>/kembalikan")
@on_article(Verb.RETURN)
def article_return(article: Article) -> Any:
    form = NoteForm()
    if not form.validate_on_submit():
        return pages.detail(article, note=form), 422
    try:
        articles.return_to_author(actor(), article, form.catatan.data or "", g.now)
    except Refused as refusal:
        form.catatan.errors = [sentences.sentence(refusal)]
        return pages.detail(article, note=form), sentences.status(refusal)
    flash(_("Naskah dikembalikan kepada penulis."), "ok")
    return pages.to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/hapus")
@on_article(Verb.DELETE)
def article_delete(article: Article) -> Response:
    kim = article.kim.slug
    articles.delete(actor(), article, g.now)
    flash(_("Draf dihapus."), "ok")
    return redirect(url_for("desk.article_list", kim=kim), 303)


def _upload(kim: Kim, form: ArticleForm) -> int | None:
    """Take in what came with the form: a PDF, and the photo whose id is answered. The same file
    in the same form is taken in once, however often it is sent."""
    store, paper, data = tools().media, form.paper(), form.photo()
    if paper is not None:
        name, content = paper
        form.attach(
            media.add_pdf(actor(), kim, name, content, store, g.now, _key(form, b"pdf" + content))
        )
    if data is None:
        return None
    added = media.add(actor(), kim, data, store, g.now, _key(form, data))
    form.foto_id.data, form.foto_id.raw_data = added.id, None  # kept where the rest is refused
    return added.id


def _key(form: ArticleForm, data: bytes) -> str:
    return hashlib.sha256((form.kunci.data or "").encode() + data).hexdigest()
