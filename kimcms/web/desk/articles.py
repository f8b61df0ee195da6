"""Writing, editing and publishing in one KIM."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.html import clean_html, from_markdown, image_ids, to_markdown
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Reach, Verb
from kimcms.domain.workflow import Exposure, TextState, Withdrawal
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import desk as newsroom
from kimcms.queries import media as pictures
from kimcms.queries.articles import categories
from kimcms.queries.clusters import policy_in_force
from kimcms.queries.paging import Cursor
from kimcms.services import articles, credit, media, publishing, revisions
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim, may, on_article
from kimcms.web.desk import desk
from kimcms.web.desk.forms import (
    ArticleForm,
    ButtonForm,
    NoteForm,
    PublishForm,
    SlugForm,
    WithdrawForm,
)
from kimcms.web.tools import tools

SHELVES: dict[str, dict[str, Any]] = {
    "semua": {},
    "draf": {"text_state": TextState.DRAFT},
    "menunggu": {"text_state": TextState.SUBMITTED},
    "dikembalikan": {"text_state": TextState.RETURNED},
    "terbit": {"exposure": Exposure.PUBLIC},
}


@desk.get("/k/<kim>/berita/")
@in_kim(Verb.SEE_KIM)
def article_list(kim: Kim) -> str:
    """The KIM's articles: all for editors, the own ones for a pewarta."""
    reach = actor().reaches(Verb.WRITE, kim.id, g.now)
    if not reach:
        abort(403)
    shelf = request.args.get("rak", "semua")
    page = newsroom.lines(
        kim.id,
        author_id=None if Reach.ALL in reach else actor().user_id,
        after=Cursor.read(request.args.get("sesudah")),
        **SHELVES.get(shelf, {}),
    )
    return render_template(
        "desk/articles/list.html", kim=kim, page=page, shelf=shelf, shelves=SHELVES
    )


@desk.get("/k/<kim>/berita/baru")
@in_kim(Verb.WRITE)
def article_new(kim: Kim) -> str:
    return _form_page(kim, ArticleForm(), None)


@desk.post("/k/<kim>/berita/")
@in_kim(Verb.WRITE)
def article_create(kim: Kim) -> Any:
    return _create(kim, send=False)


@desk.post("/k/<kim>/berita/kirim")
@in_kim(Verb.WRITE)
def article_create_and_submit(kim: Kim) -> Any:
    return _create(kim, send=True)


def _create(kim: Kim, *, send: bool) -> Any:
    form = ArticleForm()
    if not form.validate_on_submit():
        return _form_page(kim, form, None), 422
    article = None
    try:
        article = articles.create(actor(), kim, form.edit(_upload(kim, form)), g.now)
        if send:
            articles.submit(actor(), article, g.now)
    except Refused as refusal:
        if article is None:
            return _form_page(kim, form, None, refusal), sentences.status(refusal)
        flash(sentences.sentence(refusal), "error")
        return _to("desk.article_edit", article)
    flash(_("Terkirim ke editor.") if send else _("Draf tersimpan di server."), "ok")
    return _to("desk.article_detail" if send else "desk.article_edit", article)


@desk.get("/k/<kim>/berita/<int:article_id>")
@on_article(Verb.READ)
def article_detail(article: Article) -> str:
    """Where the item stands, what may be done next, and what happened to it."""
    return _detail(article)


def _detail(article: Article, **forms: Any) -> str:
    # Not asked of WRITE: the author of a submitted text may not change it, and still reads it.
    own = article.author_id == actor().user_id
    inside = actor().may(Verb.READ, article.kim_id, g.now, own=own)
    shown = article.newest if inside else article.live
    return render_template(
        "desk/articles/detail.html",
        article=article,
        kim=article.kim,
        inside=inside,
        revision=shown,
        photo=_photo(article, shown.photo_id if shown else None),
        topic=_topic(shown),
        author=people.user(article.author_id),
        readiness=revisions.readiness(article),
        verdict=article.credit or credit.preview(article, g.now).as_dict(),
        history=newsroom.history(article.id),
        may={verb.value: may(verb, article) for verb in Verb},
        button=ButtonForm(),
        note=forms.get("note") or NoteForm(),
        slug_form=forms.get("slug_form") or SlugForm(alamat=article.slug),
    )


@desk.get("/k/<kim>/berita/<int:article_id>/ubah")
@on_article(Verb.WRITE)
def article_edit(article: Article) -> str:
    assert article.newest is not None
    body = to_markdown(article.newest.body)
    form = ArticleForm(data=ArticleForm.values_of(article.newest, body))
    return _form_page(article.kim, form, article)


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
    if not form.validate_on_submit():
        return _form_page(article.kim, form, article), 422
    try:
        edit = form.edit(_upload(article.kim, form))
        if send:
            articles.submit(actor(), article, g.now, edit)
        else:
            articles.save(actor(), article, edit, g.now)
    except Refused as refusal:
        status = sentences.status(refusal)
        if refusal.code == "stale":
            return _conflict_page(article, form), status
        return _form_page(article.kim, form, article, refusal), status
    flash(_("Terkirim ke editor.") if send else _("Tersimpan di server."), "ok")
    return _to("desk.article_detail" if send else then, article)


@desk.post("/k/<kim>/berita/<int:article_id>/ambil")
@on_article(Verb.TAKE_BACK)
def article_take_back(article: Article) -> Response:
    articles.take_back(actor(), article, g.now)
    flash(_("Naskah kembali menjadi draf Anda."), "ok")
    return _to("desk.article_edit", article)


@desk.post("/k/<kim>/berita/<int:article_id>/kembalikan")
@on_article(Verb.RETURN)
def article_return(article: Article) -> Any:
    form = NoteForm()
    if not form.validate_on_submit():
        return _detail(article, note=form), 422
    try:
        articles.return_to_author(actor(), article, form.catatan.data or "", g.now)
    except Refused as refusal:
        form.catatan.errors = [sentences.sentence(refusal)]
        return _detail(article, note=form), sentences.status(refusal)
    flash(_("Naskah dikembalikan kepada penulis."), "ok")
    return _to("desk.article_detail", article)


@desk.get("/k/<kim>/berita/<int:article_id>/terbit")
@on_article(Verb.PUBLISH)
def article_publish_page(article: Article) -> str:
    """Sebelum terbit: the item as readers will see it, what is missing, and when."""
    form = PublishForm(revisi=article.newest_revision_id, hanya_situs=article.site_only)
    return _publish_page(article, form)


@desk.post("/k/<kim>/berita/<int:article_id>/terbit")
@on_article(Verb.PUBLISH)
def article_publish(article: Article) -> Any:
    form = PublishForm()
    if not form.validate_on_submit():
        return _publish_page(article, form), 422
    try:
        publishing.publish(
            actor(),
            article,
            g.now,
            at=form.at(),
            site_only=bool(form.hanya_situs.data),
            seen_revision_id=form.revisi.data,
        )
    except Refused as refusal:
        return _publish_page(article, form, refusal), sentences.status(refusal)
    assert article.public_at is not None
    flash(_("Dijadwalkan.") if article.public_at > g.now else _("Terbit."), "ok")
    return _to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/turunkan")
@on_article(Verb.UNPUBLISH)
def article_unpublish(article: Article) -> Response:
    ahead = article.public_at is not None and article.public_at > g.now
    publishing.unpublish(actor(), article, g.now)
    said = _("Berita tidak lagi tampil. Anda bisa menerbitkannya kembali.")
    flash(_("Jadwal dibatalkan. Naskah tetap ada.") if ahead else said, "ok")
    return _to("desk.article_detail", article)


@desk.get("/k/<kim>/berita/<int:article_id>/cabut")
@on_article(Verb.WITHDRAW)
def article_withdraw_page(article: Article) -> str:
    return _withdraw_page(article, WithdrawForm())


@desk.post("/k/<kim>/berita/<int:article_id>/cabut")
@on_article(Verb.WITHDRAW)
def article_withdraw(article: Article) -> Any:
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _withdraw_page(article, form), 422
    why = Withdrawal(form.sebab.data)
    publishing.withdraw(actor(), article, why, form.alasan.data or "", g.now)
    flash(_("Berita dicabut. Alamatnya sekarang menampilkan alasan pencabutan."), "ok")
    return _to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/pulihkan")
@on_article(Verb.RESTORE)
def article_restore(article: Article) -> Response:
    publishing.restore(actor(), article, g.now)
    flash(_("Berita tampil kembali."), "ok")
    return _to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/hapus")
@on_article(Verb.DELETE)
def article_delete(article: Article) -> Response:
    kim = article.kim.slug
    articles.delete(actor(), article, g.now)
    flash(_("Draf dihapus."), "ok")
    return redirect(url_for("desk.article_list", kim=kim), 303)


@desk.post("/k/<kim>/berita/<int:article_id>/alamat")
@on_article(Verb.PUBLISH)
def article_slug(article: Article) -> Any:
    form = SlugForm()
    if not form.validate_on_submit():
        return _detail(article, slug_form=form), 422
    publishing.change_slug(actor(), article, form.alamat.data or "", g.now)
    flash(_("Alamat diganti. Alamat lama tetap mengarah ke berita ini."), "ok")
    return _to("desk.article_detail", article)


@desk.post("/k/<kim>/foto")
@in_kim(Verb.WRITE)
def photo_upload(kim: Kim) -> Any:
    """A photo for the rich editor; answers JSON, errors too."""
    chosen = request.files.get("foto")
    if chosen is None:
        return jsonify(error=_("Pilih foto lebih dulu.")), 422
    data = chosen.stream.read(12 * 1024 * 1024 + 1)
    try:
        added = media.add(actor(), kim, data, tools().media, g.now, request.form.get("kunci"))
    except Refused as refusal:
        return jsonify(error=sentences.sentence(refusal)), sentences.status(refusal)
    middle = added.widths[len(added.widths) // 2]
    return jsonify(id=added.id, src=f"/media/{added.id}/{middle}.webp"), 201


def _upload(kim: Kim, form: ArticleForm) -> int | None:
    data = form.photo()
    if data is None:
        return None
    added = media.add(actor(), kim, data, tools().media, g.now)
    form.foto_id.data = added.id  # so that it is kept where the rest is refused
    return added.id


def _photo(article: Article, photo_id: int | None) -> Any:
    return pictures.photos(article.kim_id, [photo_id]).get(photo_id) if photo_id else None


def _topic(revision: Revision | None) -> str | None:
    names = {topic.id: topic.name for topic in categories()}
    return names.get(revision.category_id) if revision and revision.category_id else None


def _form_page(
    kim: Kim, form: ArticleForm, article: Article | None, refusal: Refused | None = None
) -> str:
    photo_id = form.foto_id.data
    return render_template(
        "desk/articles/form.html",
        kim=kim,
        form=form,
        article=article,
        body_html=_body(kim, form, article),
        photo=pictures.photos(kim.id, [photo_id]).get(photo_id) if photo_id else None,
        problem=sentences.sentence(refusal) if refusal else None,
        can_publish=article is not None and may(Verb.PUBLISH, article),
        can_submit=article is None or article.text_state is not TextState.SUBMITTED,
        verdict=credit.preview(article, g.now).as_dict() if article else None,
        policy=policy_in_force(g.now),
    )


def _body(kim: Kim, form: ArticleForm, article: Article | None) -> str:
    """The text on the form as HTML for the rich editor: what was typed, else what is stored."""
    if request.method != "POST":
        return article.newest.body if article and article.newest else ""
    typed = form.isi.data or ""
    try:
        html = typed if form.format.data == "html" else from_markdown(typed)
        return clean_html(html, pictures.photos(kim.id, image_ids(html)))
    except Refused:  # the sentence for it stands on the page; the text stays in its field
        return ""


def _conflict_page(article: Article, form: ArticleForm) -> str:
    """Both texts. The form carries what was typed on, now based on the other's revision."""
    assert article.newest is not None
    theirs = article.newest
    form.dasar.data = form.dasar.raw_data = None
    form.dasar.data = theirs.id
    return render_template(
        "desk/articles/conflict.html",
        kim=article.kim,
        article=article,
        form=form,
        theirs=theirs,
        theirs_text=to_markdown(theirs.body),
        body_html=_body(article.kim, form, article),
        photo=_photo(article, form.foto_id.data),
    )


def _publish_page(article: Article, form: PublishForm, refusal: Refused | None = None) -> str:
    revision = article.newest
    return render_template(
        "desk/articles/publish.html",
        kim=article.kim,
        article=article,
        revision=revision,
        photo=_photo(article, revision.photo_id if revision else None),
        topic=_topic(revision),
        form=form,
        readiness=revisions.readiness(article),
        verdict=credit.preview(article, g.now).as_dict(),
        problem=sentences.sentence(refusal) if refusal else None,
    )


def _withdraw_page(article: Article, form: WithdrawForm) -> str:
    return render_template(
        "desk/articles/withdraw.html", kim=article.kim, article=article, form=form
    )


def _to(endpoint: str, article: Article) -> Response:
    return redirect(url_for(endpoint, kim=article.kim.slug, article_id=article.id), 303)
