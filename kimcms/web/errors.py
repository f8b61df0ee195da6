"""Errors in the look of the host, each with a sentence that says what to do."""

from __future__ import annotations

import errno
from typing import Any, cast

import sqlalchemy.exc
from flask import Flask, Response, current_app, g, jsonify, make_response, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from kimcms.db import db
from kimcms.domain.hosts import Door
from kimcms.domain.refusal import Refused
from kimcms.web import sentences

_FOLDER = {Door.PORTAL: "portal", Door.REDAKSI: "desk", Door.SITUS: "site"}
_KEPT_LONGEST = 200_000
_UNWRITABLE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}
)


def _texts() -> dict[int, tuple[str, str]]:
    return {
        400: (_("Permintaan tidak dipahami"), _("Periksa alamat atau isian, lalu coba lagi.")),
        401: (_("Anda perlu masuk"), _("Sesi sudah berakhir. Masuk lagi untuk melanjutkan.")),
        403: (_("Tidak berwenang"), _("Akun ini tidak berwenang membuka halaman itu.")),
        404: (
            _("Halaman tidak ditemukan"),
            _("Mungkin alamatnya salah ketik, atau beritanya sudah diturunkan."),
        ),
        405: (_("Cara itu tidak dipakai di sini"), _("Kembali ke halaman sebelumnya.")),
        409: (
            _("Keadaannya sudah berubah"),
            _("Muat ulang halaman sebelumnya untuk melihat keadaan sekarang."),
        ),
        410: (_("Sudah tidak ada"), _("Alamat ini tidak dipakai lagi.")),
        422: (_("Isian belum bisa diterima"), _("Periksa isian, lalu kirim lagi.")),
        413: (
            _("Kiriman terlalu besar"),
            _("Foto paling besar 12 MB dan naskah paling panjang 64 kB."),
        ),
        415: (_("Jenis kiriman tidak dikenal"), _("Kirim lewat formulir di halaman ini.")),
        429: (_("Terlalu sering"), _("Tunggu sebentar, lalu coba lagi.")),
        500: (
            _("Ada gangguan di pihak kami"),
            _("Catatan gangguan sudah disimpan. Coba lagi sebentar lagi."),
        ),
        503: (_("Sedang sibuk"), _("Coba lagi beberapa detik lagi; naskah Anda tidak hilang.")),
        507: (
            _("Server belum bisa menyimpan"),
            _(
                "Tempat penyimpanan di server penuh atau tidak bisa ditulis. Belum ada yang "
                "tersimpan. Beri tahu pengelola, lalu coba lagi."
            ),
        ),
    }


def install(app: Flask) -> None:
    """Attach the handlers. Called once by the wiring."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(sqlalchemy.exc.OperationalError, _busy)
    app.register_error_handler(OSError, _unstored)
    app.register_error_handler(Exception, _broken)


def _refused(refusal: Refused) -> Response:
    return answer(sentences.status(refusal), text=sentences.sentence(refusal))


def _forged(_error: CSRFError) -> Response:
    if not current_user.is_authenticated:  # the token went with the session
        return answer(401)
    return answer(
        400,
        title=_("Formulir sudah kedaluwarsa"),
        text=_("Demi keamanan, kirim ulang formulir ini. Isian Anda masih ada di bawah."),
    )


def _http(error: HTTPException) -> Response | HTTPException:
    if error.response is not None:  # a redirect, or an answer without content
        return error
    answered = answer(error.code or 500)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answered.headers[name] = value
    return answered


def _busy(error: sqlalchemy.exc.OperationalError) -> Response:
    current_app.logger.error("database: %s", error.orig)
    db.session.rollback()
    answered = answer(503)
    answered.headers["Retry-After"] = "5"
    return answered


def _unstored(error: OSError) -> Response:
    """A full disk, or a folder that may not be written: for the operator, and it may pass."""
    if error.errno not in _UNWRITABLE:  # another fault, such as a template that is missing
        return _broken(error)
    current_app.logger.error("files: %s", error)
    db.session.rollback()
    return answer(507)


def _broken(error: Exception) -> Response:
    current_app.logger.exception("unexpected error", exc_info=error)
    db.session.rollback()
    return answer(500)


def answer(status: int, title: str | None = None, text: str | None = None) -> Response:
    """An error page of this host; JSON where a script asked. What was typed stands on it."""
    texts = _texts()
    default = texts.get(status, texts[400 if status < 500 else 500])
    values: dict[str, Any] = {
        "status": status,
        "title": title or default[0],
        "text": text or default[1],
        "typed": _typed(),
    }
    if request.accept_mimetypes.best == "application/json":
        response = jsonify(error=values["text"])
    else:
        folder = _FOLDER[g.get("door", Door.PORTAL)]
        if folder == "site" and g.get("kim") is None:
            folder = "portal"
        response = make_response(_page(f"errors/{folder}.html", values))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(template: str, values: dict[str, Any]) -> str:
    """The page, or its bare words where the page itself is what breaks.

    Without what the newsroom puts around its own pages: that asks the database, which may be
    down, and then what was typed would be gone.
    """
    try:
        context: dict[str, Any] = {"current_user": current_user}  # found where a page asks for it
        for shared in current_app.template_context_processors[None]:
            context |= cast(dict[str, Any], shared())
        return current_app.jinja_env.get_template(template).render(context | values)
    except Exception as error:
        current_app.logger.exception("error page", exc_info=error)
        return str(escape(f"{values['title']}. {values['text']}"))


def _typed() -> list[tuple[str, str]]:
    """The fields of a form that could not be taken, so that they can be sent again."""
    if g.get("door") is not Door.REDAKSI or request.method != "POST":
        return []
    try:
        fields = [
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in {"csrf_token", "sandi", "sandi_lama", "sandi_ulang"}
        ]
    except HTTPException:  # the form itself was what could not be taken
        return []
    if not fields or sum(len(value) for _name, value in fields) > _KEPT_LONGEST:
        return []
    return [*fields, ("csrf_token", generate_csrf())]
