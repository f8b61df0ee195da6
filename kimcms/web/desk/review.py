"""The Forum's review queue (tinjauan)."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.queries import accounts as people
from kimcms.queries import desk as newsroom
from kimcms.queries import media as pictures
from kimcms.queries import review as queue
from kimcms.queries.articles import categories
from kimcms.queries.paging import Cursor
from kimcms.services import review
from kimcms.web import sentences
from kimcms.web.access import actor, decidable, in_city, on_review
from kimcms.web.desk import changes, desk
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.review_forms import ReasonForm, VerdictForm


@desk.get("/tinjauan/")
@in_city(Verb.SEE_REGISTER)
def review_queue() -> str:
    """Oldest first. Items of the own KIM are left to others."""
    page = queue.waiting(
        g.now, actor().impartial_from(g.now), Cursor.read(request.args.get("sesudah"))
    )
    mine = decidable(Verb.REVIEW, {row.kim_id for row in page.rows})
    return render_template("desk/review/queue.html", page=page, mine=mine)


@desk.get("/tinjauan/<int:article_id>")
@on_review
def review_item(article: Article) -> str:
    return _item(article, VerdictForm(revisi=article.live_revision_id))


def _item(article: Article, form: ReasonForm, problem: str | None = None) -> str:
    live = article.live
    photo_id = live.photo_id if live else None
    read = newsroom.revision(article.id, article.reviewed_revision_id or 0)
    return render_template(
        "desk/review/item.html",
        article=article,
        kim=article.kim,
        revision=live,
        topic=next((t.name for t in categories() if t.id == article.category_id), None),
        author=people.user(article.author_id),
        photo=pictures.photos(article.kim_id, [photo_id]).get(photo_id) if photo_id else None,
        changed=changes.text(read, live) if read and live and read.id != live.id else None,
        form=form if isinstance(form, VerdictForm) else VerdictForm(formdata=None),
        button=ButtonForm(),
        history=newsroom.history(article.id),
        problem=problem,
    )


@desk.post("/tinjauan/<int:article_id>/terima")
@on_review
def review_accept(article: Article) -> Any:
    form = ReasonForm()
    return _decide(
        article,
        form,
        lambda: review.accept(actor(), article, form.revisi.data or 0, g.now),
        _("Diterima. Berita sekarang tampil di portal kota."),
    )


@desk.post("/tinjauan/<int:article_id>/tolak")
@on_review
def review_decline(article: Article) -> Any:
    form = VerdictForm()
    return _decide(
        article,
        form,
        lambda: review.decline(actor(), article, form.revisi.data or 0, form.why(), g.now),
        _("Ditolak. Penulis menerima alasan Anda."),
    )


def _decide(article: Article, form: ReasonForm, decide: Any, said: str) -> Any:
    if not form.validate_on_submit():
        return _item(article, form), 422
    try:
        decide()
    except Refused as refusal:
        return _item(article, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(said, "ok")
    target: Response = redirect(url_for("desk.review_queue"), 303)
    return target
