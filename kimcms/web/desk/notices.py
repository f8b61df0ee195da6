"""What a person has been told, and of what letters go."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.notices import DIGEST_HOUR, Topic, topics_of
from kimcms.queries import notices as told
from kimcms.queries.paging import Cursor
from kimcms.services import notices
from kimcms.web.access import actor, signed_in, visitor
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.notice_forms import LettersForm


@desk.get("/pemberitahuan")
@signed_in
def notice_list() -> str:
    after = Cursor.read(request.args.get("sesudah"))
    page = told.listed(visitor().user.id, after)
    return render_template("desk/notices.html", page=page, button=ButtonForm(), after=after)


@desk.get("/pemberitahuan/<int:notice_id>")
@signed_in
def notice_open(notice_id: int) -> Response:
    """On to what it tells of; from now on it is read."""
    notice = told.own(visitor().user.id, notice_id) or abort(404)
    notices.read(notice, g.now)
    return redirect(notice.path or url_for("desk.notice_list"), 303)


@desk.post("/pemberitahuan/dibaca")
@signed_in
def notices_read() -> Response:
    notices.read_all(visitor().user.id, g.now)
    flash(_("Semua pemberitahuan sudah ditandai dibaca."), "ok")
    return redirect(url_for("desk.notice_list"), 303)


@desk.route("/akun/surat", methods=["GET", "POST"])
@signed_in
def letter_choices() -> Any:
    """Where the foot of every letter leads. It changes by the form alone, never by opening it."""
    user, topics = visitor().user, _topics()
    form = LettersForm(
        topics,
        data={
            "surat": [topic for topic in topics if topic not in user.mail_off],
            "laju": "harian" if user.mail_daily else "segera",
        },
    )
    if not form.validate_on_submit():
        page = render_template("desk/account/letters.html", form=form, hour=DIGEST_HOUR)
        return page, 422 if form.errors else 200
    ticked = {Topic(name) for name in form.surat.data}
    notices.choose(user, topics, ticked, g.now, daily=form.laju.data == "harian")
    flash(_("Pilihan surat tersimpan."), "ok")
    return redirect(url_for("desk.letter_choices"), 303)


def _topics() -> tuple[Topic, ...]:
    """Those of which this person is ever told."""
    return topics_of(grant.role for grant in actor().grants if grant.holds(g.now))
