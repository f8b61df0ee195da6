"""The small parts of stored HTML: photos, addresses, lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from markdown_it.common.normalize_url import normalizeLink

# An article is at most as wide as its column; see the style sheet.
SIZES = "(min-width: 45rem) 42rem, 100vw"
MEDIA_SRC = re.compile(r"/media/([1-9][0-9]{0,17})/[0-9]{1,6}\.(?:webp|jpg)")
_LEADS_SOMEWHERE = re.compile(r"(?:https?://[^/?#]|mailto:.|tel:.)", re.IGNORECASE)


@dataclass(frozen=True)
class Photo:
    """An own photo that an article may show: the upright original's size and the widths kept."""

    id: int
    width: int
    height: int
    widths: tuple[int, ...]
    version: int = 0  # how often an area of it was blurred

    def markup(self, alt: str) -> str:
        """The `img` element in its final form; the middle width is the plain source."""
        middle = self.widths[len(self.widths) // 2]
        height = max(1, round(self.height * middle / self.width))
        srcset = ", ".join(f"/media/{self.id}/{width}.webp {width}w" for width in self.widths)
        return (
            f'<img src="/media/{self.id}/{middle}.webp" srcset="{srcset}" sizes="{SIZES}"'
            f' width="{middle}" height="{height}" alt="{escape(alt)}"'
            ' loading="lazy" decoding="async">'
        )


def photo_id(src: str | None) -> int | None:
    """The id in the address of an own photo; None for every other address."""
    found = MEDIA_SRC.fullmatch(src or "")
    return int(found[1]) if found else None


def one_line(text: str) -> str:
    """The text with each run of white space as one plain space, and none at the ends."""
    return " ".join(text.split())


def address(href: str) -> str:
    """The one spelling of a link's address, the one Markdown gives it; empty if it has none.

    A convenience, not the check on schemes: that is `nh3`'s.
    """
    spelt: str = normalizeLink(href.strip())
    # What is another address each time it is read names nothing.
    return spelt if _LEADS_SOMEWHERE.match(spelt) and normalizeLink(spelt) == spelt else ""
