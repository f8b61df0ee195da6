"""What a reader asks of the search, read from the address, for portal and subsites alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import g, request

from kimcms.domain.clock import WIB
from kimcms.domain.refusal import Refused
from kimcms.domain.search import LONGEST, Question
from kimcms.queries import matches, search
from kimcms.queries.articles import Topic
from kimcms.queries.kims import Place
from kimcms.queries.paging import Cursor, Page

BEST = "cocok"
_FEW = 3
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """The form as it was sent, and what it found; no page where nothing was asked."""

    question: Question
    chosen: dict[str, str]
    best: bool
    page: Page[search.Hit] | None
    meant: str | None

    def address(self, **changes: object) -> str:
        """This search with some fields changed; without the place in the list."""
        fields = {"q": self.question.text, **self.chosen, "urut": BEST if self.best else ""}
        fields |= {name: str(value) for name, value in changes.items()}
        return "?" + urlencode({name: value for name, value in fields.items() if value})


def ask(topics: Sequence[Topic], places: Sequence[Place] | None) -> Asked:
    """Search as the address says: in the city feed among `places`, or on this host's subsite."""
    names = ("topik", "bulan") if places is None else ("kecamatan", "kelurahan", "kim")
    names = tuple(dict.fromkeys((*names, "topik", "bulan")))
    chosen = {name: request.args.get(name, "")[:100] for name in names}
    question = Question.read(request.args.get("q", "")[: 4 * LONGEST])
    since, until = _month(chosen["bulan"])
    scope = matches.Scope(
        feed=places is not None,
        kim_ids=(g.kim.id,) if places is None else _kims(places, chosen),
        category_id=_topic(topics, chosen["topik"]),
        since=since,
        until=until,
    )
    best = request.args.get("urut") == BEST
    after = Cursor.read(request.args.get("sesudah"))
    if not question.stems:
        return Asked(question, chosen, best, None, None)
    page: Page[search.Hit] = Page([])
    if scope.kim_ids != ():
        page = (search.best if best else search.newest)(question, scope, g.now, after)
    few = after is None and len(page.rows) < _FEW and scope.kim_ids != ()
    meant = search.meant(question, scope, g.now) if few else None
    return Asked(question, chosen, best, page, meant)


def _kims(places: Sequence[Place], chosen: dict[str, str]) -> tuple[int, ...] | None:
    """The KIMs of the chosen kecamatan, kelurahan and KIM; None where none is chosen."""
    wanted = {
        "kecamatan_slug": chosen["kecamatan"],
        "kelurahan_slug": chosen["kelurahan"],
        "kim_slug": chosen["kim"],
    }
    wanted = {name: slug for name, slug in wanted.items() if slug}
    if not wanted:
        return None
    for name, slug in wanted.items():
        if not any(getattr(place, name) == slug for place in places):
            raise Refused("filter_unknown")
    return tuple(
        place.kim_id
        for place in places
        if place.kim_id and all(getattr(place, name) == slug for name, slug in wanted.items())
    )


def _topic(topics: Sequence[Topic], slug: str) -> int | None:
    if not slug:
        return None
    found = next((topic.id for topic in topics if topic.slug == slug), None)
    if found is None:
        raise Refused("filter_unknown")
    return found


def _month(text: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The first instants of a month and of the next one."""
    if not text:
        return None, None
    found = _MONTH.fullmatch(text)
    if found is None:
        raise Refused("filter_unknown")
    year, month = int(found[1]), int(found[2])
    first = dt.datetime(year, month, 1, tzinfo=WIB)
    following = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=WIB)
    return first, following
