"""The newsroom's front page: what waits for this person."""

from __future__ import annotations

from flask import Response, abort, g, render_template, send_file

from kimcms.domain.roles import KIM_ROLES, Reach, Verb, strongest
from kimcms.domain.workflow import TextState
from kimcms.models.media import Media
from kimcms.queries import clusters, evidence, kims, notices, review
from kimcms.queries import desk as newsroom
from kimcms.queries import media as pictures
from kimcms.web.access import actor, signed_in, visitor
from kimcms.web.desk import desk, standing
from kimcms.web.tools import tools


@desk.get("/")
@signed_in
def home() -> str:
    person = actor()
    city = person.roles(None, g.now)
    rooms = []
    for kim in kims.named(list(person.kim_ids(g.now))):
        roles = person.roles(kim.id, g.now)
        card = clusters.card(kim.id)
        own = None if Reach.ALL in person.reaches(Verb.WRITE, kim.id, g.now) else person.user_id
        rooms.append(
            {
                "kim": kim,
                "role": strongest(role for role in roles if role in KIM_ROLES),
                "submitted": newsroom.lines(
                    kim.id, author_id=own, text_state=TextState.SUBMITTED, size=5
                ).rows,
                "returned": newsroom.lines(
                    kim.id, author_id=person.user_id, text_state=TextState.RETURNED, size=5
                ).rows,
                "drafts": newsroom.lines(
                    kim.id, author_id=person.user_id, text_state=TextState.DRAFT, size=5
                ).rows,
                "card": card,
                "told": standing.told(card) if card else None,
            }
        )
    waiting = review.waiting(g.now, person.impartial_from(g.now)).rows if city else []
    return render_template(
        "desk/home.html",
        rooms=rooms,
        city_roles=city,
        waiting=waiting,
        proofs=_proofs(),
        notices=notices.newest(visitor().user.id, 5),
    )


def _proofs() -> list[evidence.Waiting]:
    """What the Forum has to verify and this person may: the own KIM's is left to others."""
    if Reach.ALL not in actor().reaches(Verb.VERIFY_EVIDENCE, None, g.now):
        return []
    return list(evidence.waiting(actor().impartial_from(g.now)).rows)


@desk.get("/media/<int:media_id>/<name>")
@signed_in
def media_file(media_id: int, name: str) -> Response:
    """A photo for those who work on it: members of its KIM, and the city once it is public."""
    photo = pictures.media(media_id)
    if photo is None or name not in photo.names or not _may_see(photo):
        abort(404)
    response = send_file(tools().media.path(photo.key(name)), conditional=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _may_see(photo: Media) -> bool:
    if photo.kim_id in actor().kim_ids(g.now):
        return True
    own = photo.uploader_id == actor().user_id  # a logo that Diskominfo is about to choose
    return bool(actor().roles(None, g.now)) and (own or pictures.was_shown(photo.id, g.now))
