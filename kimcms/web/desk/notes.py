"""Notes beside a paragraph."""

from __future__ import annotations

from typing import Any

from flask import flash, g, jsonify, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.services import notes
from kimcms.web import sentences
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk, pages
from kimcms.web.desk.forms import BesideForm, FixedForm


@desk.post("/k/<kim>/berita/<int:article_id>/catatan")
@on_article(Verb.RETURN)
def article_note(article: Article) -> Any:
    """The editor writes beside a paragraph."""
    form = BesideForm()
    if not form.validate_on_submit():
        return pages.detail(article, beside=form), 422
    typed = form.catatan.data or ""
    try:
        made = notes.add(actor(), article, form.revisi.data, form.bagian.data, typed, g.now)
    except Refused as refusal:
        form.catatan.errors = [sentences.sentence(refusal)]
        return pages.detail(article, beside=form), sentences.status(refusal)
    flash(_("Catatan tersimpan. Penulis membacanya sesudah naskah dikembalikan."), "ok")
    return _to(article, f"catatan-{made.id}")


@desk.post("/k/<kim>/berita/<int:article_id>/catatan/beres")
@on_article(Verb.SUBMIT)
def article_note_fixed(article: Article) -> Any:
    """What a note asks for is done, or is not."""
    form = FixedForm()
    if not form.validate_on_submit():
        return pages.detail(article), 422
    fixed = bool(form.beres.data)
    notes.mark(actor(), article, form.nomor.data, g.now, fixed=fixed)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(fixed=fixed)
    flash(_("Ditandai sudah diperbaiki.") if fixed else _("Catatan dibuka lagi."), "ok")
    return _to(article, f"catatan-{form.nomor.data}")


def _to(article: Article, place: str) -> Any:
    """Back to the item's page, at the note."""
    item = url_for("desk.article_detail", kim=article.kim.slug, article_id=article.id)
    return redirect(f"{item}#{place}", 303)
