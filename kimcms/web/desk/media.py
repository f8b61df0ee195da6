"""The library of a KIM: its photos and PDFs, what they are called, where they are used."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.models.media import Kind, Media
from kimcms.queries import accounts as people
from kimcms.queries import media as shelf
from kimcms.queries.paging import Cursor
from kimcms.services import media
from kimcms.web import media as files
from kimcms.web import sentences
from kimcms.web.access import actor, in_kim, may, on_media, signed_in
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.media_forms import FilesForm, MediaForm, areas
from kimcms.web.tools import tools


@desk.get("/k/<kim>/media/")
@in_kim(Verb.WRITE)
def media_list(kim: Kim) -> Any:
    """As a page, and as JSON for choosing within the editor."""
    kind = Kind.PDF if request.args.get("jenis") == Kind.PDF else Kind.PHOTO
    words = request.args.get("cari", "")[:200].replace("\0", "")
    page = shelf.library(kim.id, kind, words, Cursor.read(request.args.get("sesudah")))
    if request.accept_mimetypes.best == "application/json":
        after = str(page.after) if page.after else None
        return jsonify(rows=[_told(item) for item in page.rows], sesudah=after)
    return render_template(
        "desk/media/list.html", kim=kim, page=page, words=words, kind=kind, form=FilesForm()
    )


def _told(item: Media) -> dict[str, Any]:
    small = f"/media/{item.id}/{item.widths[0]}.webp" if item.widths else ""
    words = {"caption": item.caption, "alt": item.alt, "credit": item.credit, "faces": item.faces}
    return {"id": item.id, "src": item.src, "small": small, "size": item.size, **words}


@desk.post("/k/<kim>/media/")
@in_kim(Verb.WRITE)
def media_add(kim: Kim) -> Any:
    """Some files at once, without a script."""
    form, added = FilesForm(), []
    for name, data in form.chosen() if form.validate_on_submit() else []:
        try:
            made = media.take(data)
            added.append(media.keep(actor(), kim, made, tools().media, g.now, name=name))
        except Refused as refusal:
            flash(f"{name[:60]}: {sentences.sentence(refusal)}", "error")
    if not added:
        flash(_("Belum ada yang ditambahkan. Pilih foto atau PDF."), "error")
        return redirect(url_for("desk.media_list", kim=kim.slug), 303)
    flash(_("Tersimpan di pustaka: %(count)s berkas.", count=len(added)), "ok")
    kind = added[-1].kind if added[-1].kind is Kind.PDF else None
    return redirect(url_for("desk.media_list", kim=kim.slug, jenis=kind), 303)


@desk.get("/k/<kim>/media/<int:media_id>")
@on_media(Verb.WRITE)
def media_detail(kim: Kim, item: Media) -> Any:
    if request.accept_mimetypes.best == "application/json":
        return jsonify(_told(item))
    return _page(kim, item, MediaForm(data=MediaForm.values_of(item)))


def _page(kim: Kim, item: Media, form: MediaForm, problem: str | None = None) -> str:
    named, others = _where(item)
    return render_template(
        "desk/media/detail.html",
        kim=kim,
        item=item,
        form=form,
        problem=problem,
        named=named,
        others=others,
        uploader=people.user(item.uploader_id),
        may_change=media.may_change(actor(), item, g.now),
        button=ButtonForm(),
    )


def _where(item: Media) -> tuple[list[shelf.Use], int]:
    """The articles that use it, by name as far as this person may read them."""
    found = shelf.uses(item.id)
    named = [use for use in found if may(Verb.READ, use.article)]
    return named, len(found) - len(named)


@desk.post("/k/<kim>/media/<int:media_id>")
@on_media(Verb.CHANGE_PHOTO)
def media_describe(kim: Kim, item: Media) -> Any:
    _require_own(item)
    form = MediaForm()
    if not form.validate_on_submit():
        return _page(kim, item, form), 422
    try:
        media.describe(actor(), item, form.words(), g.now)
    except Refused as refusal:
        return _page(kim, item, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Tersimpan di pustaka."), "ok")
    return _back(kim, item)


@desk.post("/k/<kim>/media/<int:media_id>/wajah")
@on_media(Verb.CHANGE_PHOTO)
def media_faces(kim: Kim, item: Media) -> Any:
    """The one answer that the editor asks for at each photo; JSON."""
    _require_own(item)
    said = request.form.get("wajah")
    if said not in {"ya", "tidak"}:
        raise Refused("upload_facts")
    media.say_faces(actor(), item, said == "ya", g.now)
    return jsonify(_told(item))


@desk.post("/k/<kim>/media/<int:media_id>/samarkan")
@on_media(Verb.CHANGE_PHOTO)
def media_blur(kim: Kim, item: Media) -> Any:
    """Blur the marked areas, for ever."""
    _require_own(item)
    try:
        media.blur(actor(), item, areas(), tools().media, g.now)
    except Refused as refusal:
        form = MediaForm(formdata=None, data=MediaForm.values_of(item))
        return _page(kim, item, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Bagian itu sudah disamarkan di semua halaman. Foto aslinya sudah dibuang."), "ok")
    return _back(kim, item)


@desk.post("/k/<kim>/media/<int:media_id>/hapus")
@on_media(Verb.CHANGE_PHOTO)
def media_delete(kim: Kim, item: Media) -> Any:
    _require_own(item)
    kind = Kind.PDF if item.kind is Kind.PDF else None
    try:
        media.delete(actor(), item, tools().media, g.now)
    except Refused as refusal:
        if refusal.code == "photo_used":
            refusal = Refused("photo_used", where=_said(*_where(item)))
        form = MediaForm(formdata=None, data=MediaForm.values_of(item))
        return _page(kim, item, form, sentences.sentence(refusal)), sentences.status(refusal)
    flash(_("Dihapus dari pustaka."), "ok")
    return redirect(url_for("desk.media_list", kim=kim.slug, jenis=kind), 303)


def _said(named: list[shelf.Use], others: int) -> str:
    titles = [f"“{use.title or _('(tanpa judul)')}”" for use in named[:5]]
    rest = others + len(named) - len(titles)
    if rest:
        titles.append(_("%(count)s naskah lain", count=rest))
    return ", ".join(titles)


def _require_own(item: Media) -> None:
    """The gate let every writer of the KIM pass; a pewarta changes the own photos only."""
    if not media.may_change(actor(), item, g.now):
        abort(403)


def _back(kim: Kim, item: Media) -> Response:
    to: Response = redirect(url_for("desk.media_detail", kim=kim.slug, media_id=item.id), 303)
    return to


@desk.get("/media/<int:media_id>/<name>")
@signed_in
def media_file(media_id: int, name: str) -> Response:
    """A file for those who work on it: members of its KIM, and the city once it is public."""
    item = shelf.media(media_id)
    if item is None or not _may_see(item):
        abort(404)
    return files.answer(item, name, "private, no-cache")


def _may_see(item: Media) -> bool:
    if item.kim_id in actor().kim_ids(g.now):
        return True
    own = item.uploader_id == actor().user_id  # a logo that Diskominfo is about to choose
    return bool(actor().roles(None, g.now)) and (own or shelf.was_shown(item.id, g.now))
