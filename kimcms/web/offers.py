"""Whether to offer a verb on a page; the gate asks the same again."""

from __future__ import annotations

from collections.abc import Collection

from flask import g

from kimcms.domain.rights import may_article
from kimcms.domain.roles import Reach, Verb
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.services.relief import relieved, relieved_of
from kimcms.services.review import relieved_for
from kimcms.web.visitors import actor


def may(verb: Verb, article: Article) -> bool:
    """Whether to offer a verb on a page; the gate asks the same again."""
    reach = actor().reaches(verb, article.kim_id, g.now)
    relief = Reach.RELIEF in reach and relieved_for(article, g.now, verb)
    return may_article(actor(), verb, article, g.now, relief=relief)


def decidable(verb: Verb, kim_ids: Collection[int]) -> set[int]:
    """Those of these KIMs about which this person may decide; for a list that links to them."""
    person = actor()
    relief = any(Reach.RELIEF in person.reaches(verb, id, g.now) for id in kim_ids)
    free = relieved_of(kim_ids, g.now) if relief else set[int]()  # others need not ask
    return {id for id in kim_ids if person.may(verb, id, g.now, own=True, relief=id in free)}


def may_in(verb: Verb, kim: Kim, besides: int | None = None) -> bool:
    """Whether to offer a verb of a KIM; `besides` is a moderator who has had a say already."""
    reach = actor().reaches(verb, kim.id, g.now)
    relief = Reach.RELIEF in reach and relieved(kim.id, g.now, besides)
    return actor().may(verb, kim.id, g.now, own=True, relief=relief)
