"""RSS, Atom and JSON Feed of every list, for the portal and every subsite alike."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from kimcms.domain.html import Photo
from kimcms.domain.text import excerpt
from kimcms.queries import articles, withdrawals
from kimcms.queries.articles import Story
from kimcms.queries.withdrawals import Tombstone
from kimcms.web import links, words
from kimcms.web.corrections import replied, told
from kimcms.web.front import address_of
from kimcms.web.rendering import iso
from kimcms.web.tools import tools

# What stands below the address of a list, in a route.
NAMES = "any('rss.xml', 'atom.xml', 'feed.json')"
_TYPES = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}
_SUMMARY = 300
_NEVER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # the change of a feed that had none


@dataclass(frozen=True)
class Channel:
    """What a feed is of. `key` stays the same for ever, whatever its title becomes."""

    key: str
    title: str
    subtitle: str


@dataclass(frozen=True)
class Entry:
    """An item, with what all three forms say of it."""

    story: Story
    id: str
    url: str
    updated: dt.datetime
    summary: str
    image: str | None
    size: tuple[int, int] | None


@dataclass(frozen=True)
class Deleted:
    """An item that was withdrawn: its id, when, and the kind of reason."""

    id: str
    at: dt.datetime
    why: str


def of_city(name: str, key: str = "", title: str = "", **narrowed: Any) -> Response:
    """The city feed, or one of its lists, as the file that was asked for. `narrowed` as in
    `articles.feed_articles`."""
    city = tools().settings.city
    channel = Channel(
        "/".join(filter(None, ("portal", key))),
        _titled(title, _("KIM %(city)s", city=city)),
        _("Kabar dari kelurahan di %(city)s", city=city),
    )
    gone = withdrawals.of_city(**narrowed)
    return _answer(name, channel, articles.city_stories(g.now, **narrowed), gone)


def of_site(name: str, key: str = "", title: str = "", **narrowed: Any) -> Response:
    """The same of a subsite. `narrowed` as in `articles.public_articles`."""
    place = {"kelurahan": g.kim.kelurahan.name, "city": tools().settings.city}
    channel = Channel(
        "/".join(filter(None, (f"kim/{g.kim.id}", key))),
        _titled(title, g.kim.name),
        _("Kabar dari Kelurahan %(kelurahan)s, %(city)s", **place),
    )
    gone = withdrawals.of_site(g.kim.id, **narrowed)
    return _answer(name, channel, articles.site_stories(g.kim.id, g.now, **narrowed), gone)


def _answer(
    name: str, channel: Channel, stories: Iterable[Story], gone: Iterable[Tombstone]
) -> Response:
    """Ids survive a changed title and slug. What was withdrawn is named as deleted in Atom and
    JSON Feed; RSS has no word for it and leaves it out."""
    entries = [_entry(story) for story in stories]
    deleted = [Deleted(_id(stone.id), stone.at, str(words.WITHDRAWN[stone.why])) for stone in gone]
    times = [entry.updated for entry in entries] + [one.at for one in deleted]
    here = links.origin_of(address_of(request.environ).host)
    facts: dict[str, Any] = {
        "channel": channel,
        "channel_id": _tag(channel.key),
        "home": here + request.path.removesuffix(name),
        "itself": here + request.path,
        "updated": max(times, default=_NEVER),
        "entries": entries,
        "deleted": deleted,
    }
    text = _json(**facts) if name == "feed.json" else render_template(f"feeds/{name}", **facts)
    return Response(text, content_type=f"{_TYPES[name]}; charset=utf-8")


def _titled(of: str, name: str) -> str:
    return f"{of} | {name}" if of else name


def _tag(key: str) -> str:
    return f"tag:{tools().settings.domain},2026:{key}"


def _id(article_id: int) -> str:
    return _tag(f"artikel/{article_id}")


def _entry(story: Story) -> Entry:
    """What was corrected stands before what the article says."""
    image, size = _image(story.photo, story) if story.photo else (None, None)
    said = story.lead or excerpt(Markup(story.body).striptags(), _SUMMARY)  # noqa: S704
    return Entry(
        story=story,
        id=_id(story.id),
        url=links.article_url(story.kim_slug, story.kim_alias, story.slug),
        updated=story.changed_at,
        summary=" ".join([*map(told, story.notes), said, *map(replied, story.replies)]),
        image=image,
        size=size,
    )


def _image(photo: Photo, story: Story) -> tuple[str, tuple[int, int]]:
    """The JPEG of middle width."""
    width = photo.widths[len(photo.widths) // 2]
    path = f"/media/{photo.id}/{width}.jpg"
    height = max(1, round(photo.height * width / photo.width))
    return links.site_url(story.kim_slug, story.kim_alias, path), (width, height)


def _json(
    *,
    channel: Channel,
    channel_id: str,
    home: str,
    itself: str,
    updated: dt.datetime,
    entries: list[Entry],
    deleted: list[Deleted],
) -> str:
    """JSON Feed 1.1. Its own field tells what the standard has no word for."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "description": channel.subtitle,
            "home_page_url": home,
            "feed_url": itself,
            "language": "id",
            "items": [_item(entry) for entry in entries],
            "_kimcms": {
                "about": links.portal_url("/tentang"),
                "id": channel_id,
                "updated": iso(updated),
                "deleted": [{"id": one.id, "at": iso(one.at), "why": one.why} for one in deleted],
            },
        },
        ensure_ascii=False,
    )


def _item(entry: Entry) -> dict[str, Any]:
    story = entry.story
    kim = {"name": story.kim, "url": links.site_url(story.kim_slug, story.kim_alias)}
    authors = [
        {
            "name": one.name,
            "url": links.site_url(story.kim_slug, story.kim_alias, f"/pewarta/{one.slug}/"),
        }
        for one in story.writers
    ]
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": story.title,
        "content_text": entry.summary,
        "date_published": iso(story.public_at),
        "date_modified": iso(entry.updated),
        "authors": [*authors, kim],
        "tags": [word for word in (story.category, story.kelurahan) if word],
        "language": "id",
    }
    if entry.image:
        item["image"] = entry.image
    return item
