"""Withdrawn, hidden, corrected: looked at from a second process in the same moment, in every place
where readers may meet an item."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from kimcms.domain.corrections import Kind
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.services import corrections, hiding, media, publishing
from kimcms.services.corrections import Words
from tests.instances import Answer, Process
from tests.lengths import on_postgres_later
from tests.web.test_sharing import meta, path_of
from tests.world import City, picture

TITLE, WORD = "Pasar malam Xqzk dibuka", "rembug"
PORTAL, SITE = "localhost", "nukus.localhost"
LISTS = (
    *((PORTAL, "/"), (PORTAL, "/topik/kegiatan/"), (PORTAL, "/kelurahan/sukun/")),
    *((PORTAL, "/kecamatan/sukun/"), (PORTAL, "/arsip/2026/11/"), (PORTAL, "/cari?q=xqzk")),
    *((SITE, "/"), (SITE, "/topik/kegiatan/"), (SITE, "/arsip/2026/11/"), (SITE, "/cari?q=xqzk")),
)
FEEDS = tuple(
    (host, f"{path}{form}")
    for host, path in ((PORTAL, "/"), (PORTAL, "/topik/kegiatan/"), (SITE, "/"))
    for form in ("rss.xml", "atom.xml", "feed.json")
)
MAPS = ((PORTAL, "/sitemap-berita.xml"), (SITE, "/sitemap-0.xml"), (SITE, "/sitemap-berita.xml"))
WITHIN = 2.0  # seconds for the other process on PostgreSQL: 50 ms where the machine is idle


def seen(other: Process, city: City, host: str, path: str, good: Callable[[Answer], bool]) -> None:
    """The other process answers so in its next request; on PostgreSQL as soon as it was told."""
    until = time.monotonic() + (WITHIN if city.database == "postgresql" else 0)
    answer = other.get(host, path)
    while not good(answer) and time.monotonic() < until:
        time.sleep(0.005)
        answer = other.get(host, path)
    assert good(answer), (host, path, answer.status, answer.text[:2000])


def places(article: Article) -> Iterator[tuple[str, str]]:
    yield from LISTS
    yield from FEEDS
    yield from MAPS
    yield SITE, f"/berita/{article.slug}"


def test_what_is_taken_away_is_gone_for_every_process(city: City) -> None:
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    article = city.accept(
        city.publish(title=TITLE, photo_id=photo.id, photo_alt="Pasar.", photo_caption="Pasar.")
    )
    stays = city.accept(city.publish(title="Yang tetap Xqzk"))
    page = (SITE, f"/berita/{article.slug}")
    files = [
        (SITE, path_of(meta(city.site().get(page[1]).text, "og:image"))),
        *((host, f"/media/{photo.id}/480.webp") for host in (SITE, PORTAL)),
    ]
    city.clock.forward(minutes=5)
    other = Process(city)
    try:

        def shown() -> None:
            for host, path in places(article):
                seen(other, city, host, path, lambda a: a.status == 200 and article.slug in a.text)
            for host, path in files:
                seen(other, city, host, path, lambda a: a.status == 200)

        def away(status: int) -> None:
            """Gone from all that lists, and 410 or 404 at its own address."""
            for host, path in (*LISTS, *FEEDS, *MAPS):
                seen(other, city, host, path, lambda a: a.status == 200 and not named(a))
            for host, path in files:
                seen(other, city, host, path, lambda a: a.status == 404)
            seen(other, city, *page, lambda a: a.status == status)

        def named(answer: Answer) -> bool:
            return TITLE in answer.text or article.slug in answer.text or "Pasar." in answer.text

        shown()
        hiding.hide(city.actor("moderator"), article, "Alamat korban.", city.now)
        away(404)
        seen(other, city, *page, lambda a: TITLE not in a.text and "Alamat" not in a.text)
        hiding.lift(city.actor("moderator2"), article, "Sudah benar.", city.now)
        shown()

        city.clock.forward(minutes=5)
        editor, why = city.actor("nukus_editor"), Withdrawal.PRIVACY
        publishing.withdraw(editor, article, why, "Memuat nomor telepon.", city.now)
        away(410)
        for said in ("Melindungi data pribadi", "Memuat nomor telepon."):
            seen(other, city, *page, lambda a, s=said: s in a.text)
        seen(other, city, *page, lambda a: TITLE not in a.text and WORD not in a.text)
        for host, path in FEEDS:
            if not path.endswith("rss.xml"):
                mark = f"artikel/{article.id}"
                seen(
                    other, city, host, path, lambda a, m=mark: m in a.text and "nomor" not in a.text
                )
        for host in (PORTAL, SITE):
            seen(other, city, host, "/ralat/", lambda a: "Memuat nomor" in a.text and not named(a))
        seen(other, city, SITE, "/", lambda a: stays.slug in a.text)

        publishing.restore(city.actor("moderator"), article, city.now, reason="Sudah disamarkan.")
        for host, path in (page, *LISTS[-2:], (PORTAL, "/")):
            seen(other, city, host, path, lambda a: article.slug in a.text)
    finally:
        other.close()


@on_postgres_later
def test_a_correction_is_in_every_place_for_every_process(city: City) -> None:
    article = city.accept(city.publish(title=TITLE))
    at = city.clock.forward(hours=1)
    page = f"/berita/{article.slug}"
    other = Process(city)
    told = "Empat puluh warga hadir"
    places = [(SITE, page), (SITE, "/ralat/"), (PORTAL, "/ralat/"), *FEEDS]
    dated = f"{at:%Y-%m-%dT%H:%M}"
    try:
        for host, path in (*places, (PORTAL, "/"), (SITE, "/sitemap-0.xml")):
            seen(other, city, host, path, lambda a: a.status == 200 and told not in a.text)
        words = Words(Kind.RALAT, "Lima puluh warga hadir", told)
        corrections.add(city.actor("nukus_editor"), article, words, city.now)
        for host, path in places:
            seen(other, city, host, path, lambda a: told in a.text)
        data = re.compile(r'"correction".*?Empat puluh warga hadir', re.DOTALL)
        seen(other, city, SITE, page, lambda a: bool(data.search(a.text)))
        seen(other, city, SITE, "/sitemap-0.xml", lambda a: dated in a.text)
        seen(other, city, PORTAL, "/", lambda a: "Ralat" in a.text)
    finally:
        other.close()
