"""Photos and PDFs in pieces, for connections that break off.

A POST announces a file under a key of the sender's, GET says how much is here, PATCH adds the bytes
behind `Upload-Offset`, in the words of the drafts for resumable uploads. The last piece answers
with the photo; so does every repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Response, abort, g, jsonify, request, url_for

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.models.media import Media, Upload
from kimcms.queries import media as pictures
from kimcms.queries import uploads as announced
from kimcms.services import uploads
from kimcms.storage.images import MAX_BYTES
from kimcms.web.access import actor, in_kim
from kimcms.web.desk import desk
from kimcms.web.tools import tools

_CHUNK = 64 * 1024
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")


@desk.post("/k/<kim>/foto/kirim")
@in_kim(Verb.WRITE)
def upload_begin(kim: Kim) -> Any:
    """Announce a file: `kunci`, `ukuran` in bytes, and if known `sha256`, `nama` and `wajah`
    (whether a child can be recognised)."""
    upload = uploads.begin(actor(), kim, _facts(), g.now)
    return _state(kim, upload), 201


@desk.get("/k/<kim>/foto/kirim/<kunci>")
@in_kim(Verb.WRITE)
def upload_state(kim: Kim, kunci: str) -> Any:
    """How much is here, and what it has become."""
    return _state(kim, _mine(kim, kunci))


@desk.patch("/k/<kim>/foto/kirim/<kunci>")
@in_kim(Verb.WRITE)
def upload_piece(kim: Kim, kunci: str) -> Any:
    """The next bytes. Without any, a file that is all here is finished."""
    upload = _mine(kim, kunci)
    offset = request.headers.get("Upload-Offset", type=int)
    if offset is None or offset < 0:
        raise Refused("upload_facts")
    if uploads.receive(upload, offset, _chunks(), tools().pieces) < upload.size:
        return _state(kim, upload)
    made = uploads.finish(actor(), kim, upload, tools().pieces, tools().media, g.now)
    return _state(kim, upload, made), 201


@desk.delete("/k/<kim>/foto/kirim/<kunci>")
@in_kim(Verb.WRITE)
def upload_forget(kim: Kim, kunci: str) -> Any:
    uploads.forget(_mine(kim, kunci), tools().pieces, g.now)
    return "", 204


def _facts() -> uploads.Announced:
    sent = request.get_json(silent=True)
    facts = sent if isinstance(sent, dict) else {}
    key, size = facts.get("kunci"), facts.get("ukuran")
    digest, name = facts.get("sha256", ""), facts.get("nama", "")
    faces = facts.get("wajah")
    texts = all(isinstance(text, str) for text in (key, digest, name))
    if (
        not texts
        or not (faces is None or isinstance(faces, bool))
        or type(size) is not int
        or not _DIGEST.fullmatch(digest)
    ):
        raise Refused("upload_facts")
    return uploads.Announced(str(key), size, digest, name, faces)


def _chunks() -> Iterator[bytes]:
    while chunk := request.stream.read(_CHUNK):
        yield chunk


def _mine(kim: Kim, key: str) -> Upload:
    user_id = actor().user_id
    assert user_id is not None
    return announced.upload(user_id, kim.id, key) or abort(404)


def _state(kim: Kim, upload: Upload, made: Media | None = None) -> Response:
    if made is None and upload.media_id is not None:
        made = pictures.media(upload.media_id)
    length = upload.size if made else tools().pieces.length(upload.pieces)
    answer = jsonify(
        offset=length, ukuran=upload.size, **({"id": made.id, "src": made.src} if made else {})
    )
    answer.headers["Upload-Offset"] = str(length)
    answer.headers["Upload-Complete"] = "?1" if made else "?0"
    answer.headers["Upload-Limit"] = f"max-size={MAX_BYTES}"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Location"] = url_for("desk.upload_state", kim=kim.slug, kunci=upload.key)
    return answer
