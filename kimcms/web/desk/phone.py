"""The newsroom as an app on a phone: installed, begun without a connection, shared with."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import kims
from kimcms.queries.clusters import policy_in_force
from kimcms.web import offline
from kimcms.web.access import actor, anyone, signed_in
from kimcms.web.desk import desk, pages
from kimcms.web.desk.forms import ArticleForm
from kimcms.web.desk.skeletons import SKELETONS
from kimcms.web.rendering import static_url
from kimcms.web.tools import tools

_PHOTOS = ["image/jpeg", "image/png", "image/webp", "image/gif"]


@desk.get("/manifest.webmanifest")
@anyone
def manifest() -> Response:
    """What a phone needs to know to put the newsroom beside its other apps."""
    icons = [
        {"src": static_url(f"desk/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    answer = jsonify(
        id="/",
        name=_("Redaksi KIM %(city)s", city=tools().settings.city),
        short_name=_("Redaksi KIM"),
        lang="id",
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#ffffff",
        theme_color="#17406d",
        icons=icons,
        share_target={
            "action": url_for("desk.shared"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "judul",
                "text": "teks",
                "url": "tautan",
                "files": [{"name": "foto", "accept": _PHOTOS}],
            },
        },
    )
    answer.mimetype = "application/manifest+json"
    return answer


@desk.get("/sw.js")
@anyone
def worker() -> Response:
    return offline.worker()


@desk.get("/luring")
@anyone
def shell() -> str:
    """Where a phone writes without a connection. Kept by its worker, so it names nobody."""
    form = ArticleForm(formdata=None, meta={"csrf": False})
    form.kunci.data = ""  # one key for all who begin here would make one item of theirs
    policy = policy_in_force(g.now)
    return render_template(
        "desk/offline.html", form=form, policy=policy, frame=None, kim=None, skeletons=SKELETONS
    )


@desk.get("/bagi")
@signed_in
def shared_again() -> Any:
    """After a reload: on to a new item."""
    return redirect(url_for("desk.article_new", kim=_room().slug))


@desk.post("/bagi")
@signed_in
def shared() -> str:
    """Words that another app shares, in the form of a new item; nothing is stored by it.

    Only where the phone's worker did not take them in, with their photos. Apps send no token of
    ours, and need none: the form that comes back carries one.
    """
    parts = (request.form.get(name, "").strip() for name in ("teks", "tautan"))
    given = {
        "judul": " ".join(request.form.get("judul", "").split()),
        "isi": "\n\n".join(filter(None, parts)),
    }
    form = ArticleForm(formdata=None, data=given)
    if request.files:
        flash(_("Fotonya belum ikut. Pilih lagi di bawah."), "error")
    return pages.form(_room(), form, None)


def _room() -> Kim:
    """The KIM in which this person writes, the first of several."""
    person = actor()
    for kim in kims.named(list(person.kim_ids(g.now))):
        if person.may(Verb.WRITE, kim.id, g.now, own=True):
            return kim
    abort(403)
