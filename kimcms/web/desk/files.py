"""Private files: for the KIM, the Forum and Diskominfo."""

from __future__ import annotations

from flask import Response, abort, send_file

from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import files
from kimcms.web.access import in_kim
from kimcms.web.desk import desk
from kimcms.web.tools import tools


@desk.get("/k/<kim>/berkas/<int:file_id>")
@in_kim(Verb.SEE_FILES)
def private_file(kim: Kim, file_id: int) -> Response:
    """Always a download: nothing that was handed in is shown inside of our pages."""
    file = files.file(kim.id, file_id)
    if file is None or not tools().private.exists(file.key):
        abort(404)
    suffix = ".pdf" if file.kind.endswith("pdf") else ".jpg"
    name = file.name if file.name.lower().endswith(suffix) else file.name + suffix
    response = send_file(
        tools().private.path(file.key),
        mimetype=file.kind,
        as_attachment=True,
        download_name=name,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
