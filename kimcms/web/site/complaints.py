"""The door for complaints: the form, and the sender's own page. Kept by nobody: the form carries an
hour, and the page's address is its key."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kimcms.domain.clock import UTC
from kimcms.domain.complaints import FASTEST, OLDEST, State, is_robot, links
from kimcms.domain.refusal import Refused
from kimcms.models.complaint import Complaint
from kimcms.queries import articles, complaints, slugs, withdrawals
from kimcms.queries.articles import Story
from kimcms.services import complaints as office
from kimcms.services.complaints import Sent
from kimcms.storage.secrets import new_token, token_hash
from kimcms.web import complaint_words, reads, sentences, words
from kimcms.web.freshness import page
from kimcms.web.links import article_path
from kimcms.web.site import site
from kimcms.web.site.complaint_forms import ComplaintForm, MessageForm
from kimcms.web.tools import tools

_KEPT_BY_NOBODY = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
_SECRET = {**_KEPT_BY_NOBODY, "Referrer-Policy": "no-referrer"}
_ITEM = re.compile(r"/berita/([^/?#\s]{1,100})")


@site.get("/aduan")
def complain() -> Any:
    """About the KIM, or about an item that the sender names."""
    return _page(None, ComplaintForm(formdata=None))


@site.post("/aduan")
def complain_send() -> Any:
    return _send(None)


@site.get("/berita/<slug>/aduan")
def complain_of(slug: str) -> Any:
    story = _story(slug)
    if isinstance(story, Response):
        return story
    return _page(story, ComplaintForm(formdata=None))


@site.post("/berita/<slug>/aduan")
def complain_of_send(slug: str) -> Any:
    story = _story(slug)
    return story if isinstance(story, Response) else _send(story)


@site.get("/berita/<slug>/hak-jawab/<int:reply_number>")
@page()
def reply(slug: str, reply_number: int) -> str:
    """One published right of reply."""
    story = articles.public_article(g.kim.id, slug, g.now) or abort(404)
    found = next((one for one in story.replies if one.number == reply_number), None) or abort(404)
    return render_template("site/reply.html", story=story, reply=found)


@site.get("/aduan/<token>")
def complaint_status(token: str) -> Any:
    return _status(_own(token), MessageForm(formdata=None))


@site.post("/aduan/<token>")
def complaint_react(token: str) -> Any:
    """The sender takes the answer, or adds a message."""
    complaint = _own(token)
    form = MessageForm()
    accepts = request.form.get("langkah") == "terima"
    if not accepts and not form.validate():
        return _status(complaint, form), 422
    try:
        if accepts:
            office.accept(complaint, g.now)
        else:
            office.dispute(complaint, form.pesan.data or "", g.now)
    except Refused as refusal:
        answer = _status(complaint, form, refusal)
        return answer, sentences.status(refusal)
    return redirect(url_for("situs.complaint_status", token=token), 303)


def _story(slug: str) -> Story | Response:
    """The item while readers may see it; else what its own address answers."""
    story = articles.public_article(g.kim.id, slug, g.now)
    if story is not None:
        return story
    gone = withdrawals.withdrawn_article(g.kim.id, slug)
    if gone is not None:
        html = render_template("site/withdrawn.html", gone=gone, why=words.WITHDRAWN)
        return _closed(Response(html, 410, mimetype="text/html"))
    current = slugs.current_slug(g.kim.id, slug, g.now)
    if current is None:
        abort(404)
    return redirect(f"{article_path(current)}/aduan", 308)


def _send(story: Story | None) -> Any:
    form = ComplaintForm()
    handed_out = _stamped(form.cap.data, story)
    age = g.now - handed_out if handed_out else OLDEST * 2
    quick, trapped = age < FASTEST or not handed_out, bool(form.situs.data)
    if is_robot(trapped=trapped, quick=quick, links=links(form.texts())):
        return redirect(url_for("situs.complaint_status", token=new_token()), 303)
    try:
        if not form.validate():
            return _page(story, form), 422
        if age > OLDEST:
            raise Refused("complaint_stale")
        if age < FASTEST:
            raise Refused("complaint_quick")
        article_id, which = _which(story, form.berita.data or "")
        mark = form.mark(g.kim.id)
        token = tools().complaints.secret_of(mark)
        where = reads.connection(request.remote_addr or "")
        sent = Sent(mark, token_hash(token), where, trapped)
        office.send(g.kim, article_id, form.said(which), sent, g.now)
    except Refused as refusal:
        return _page(story, form, refusal), sentences.status(refusal)
    return redirect(url_for("situs.complaint_status", token=token), 303)


def _which(story: Story | None, typed: str) -> tuple[int | None, str]:
    """The item that is meant, else the words by which it was named."""
    if story is not None:
        return story.id, ""
    found = _ITEM.search(typed)
    named = articles.public_article(g.kim.id, found[1], g.now) if found else None
    return (named.id, "") if named else (None, typed.strip())


def _stamp(story: Story | None, at: dt.datetime) -> str:
    """When the form for this item was handed out, under our signature."""
    return tools().complaints.token([g.kim.id, story.id if story else 0, int(at.timestamp())])


def _stamped(token: str | None, story: Story | None) -> dt.datetime | None:
    value = tools().complaints.value(token or "")
    if not isinstance(value, list) or value[:2] != [g.kim.id, story.id if story else 0]:
        return None
    return dt.datetime.fromtimestamp(value[2], UTC)


def _page(story: Story | None, form: ComplaintForm, refusal: Refused | None = None) -> Response:
    handed_out = _stamped(form.cap.data, story)
    if handed_out is None or g.now - handed_out > OLDEST:
        first = request.method == "GET"  # who was answered has had the time to read
        form.cap.raw_data, form.cap.data = None, _stamp(story, g.now if first else g.now - FASTEST)
    html = render_template(
        "site/complaint.html",
        story=story,
        form=form,
        months=tools().settings.complaint_months,
        problem=sentences.sentence(refusal) if refusal else None,
    )
    return _closed(Response(html, mimetype="text/html"))


def _own(token: str) -> Complaint:
    found: Complaint = complaints.by_token(g.kim.id, token_hash(token)) or abort(404)
    return found


def _status(complaint: Complaint, form: MessageForm, refusal: Refused | None = None) -> Response:
    html = render_template(
        "site/complaint_status.html",
        complaint=complaint,
        item=complaints.seen_item(complaint, g.now),
        reply=complaints.reply_of(complaint.id),
        may_write=complaint.message_at is None and complaint.state in (State.OPEN, State.ANSWERED),
        words=complaint_words,
        form=form,
        months=tools().settings.complaint_months,
        problem=sentences.sentence(refusal) if refusal else None,
    )
    response = Response(html, mimetype="text/html")
    response.headers.update(_SECRET)
    return response


def _closed(response: Response) -> Response:
    response.headers.update(_KEPT_BY_NOBODY)
    return response
