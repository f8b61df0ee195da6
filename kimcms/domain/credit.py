"""Credit: does an article count as activity of its KIM? Judged once, when it is first public.

The rule is in the design's tracker document: written here, not a repost, long enough in own
words (less with a captioned photo), and no copy of what was public in the network before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kimcms.domain.likeness import share
from kimcms.domain.text import own_words

IMPORTED = "imported"
REPOST = "repost"
TOO_SHORT = "too_short"
TOO_ALIKE = "too_alike"
PER_MILLE = 1_000


@dataclass(frozen=True)
class Verdict:
    """The answer with its values, so that it can be explained to a volunteer years later.

    `words` and `needed` are own words; `likeness` is the largest share, from 0.0 to 1.0 in steps
    of a thousandth, and `like_article_id` the text it was found in; `reasons` are the codes of
    what speaks against credit, in the order in which they are told. No reason means it counts.
    """

    counts: bool
    words: int
    needed: int
    photo: bool
    likeness: float
    like_article_id: int | None
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """JSON-safe; likeness as an integer per mille, which no database rounds."""
        return {
            "counts": self.counts,
            "words": self.words,
            "needed": self.needed,
            "photo": self.photo,
            "likeness": round(self.likeness * PER_MILLE),
            "like_article_id": self.like_article_id,
            "reasons": list(self.reasons),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Verdict:
        """What `as_dict` wrote, and equal to it."""
        likeness, reasons = stored["likeness"] / PER_MILLE, tuple(stored["reasons"])
        return cls(**{**stored, "likeness": likeness, "reasons": reasons})


def judge(
    *,
    text: str,
    imported: bool,
    repost: bool,
    captioned_photo: bool,
    older: Iterable[tuple[int, str]],
    dateline: str = "",
    closing: str = "",
    words_with_photo: int = 40,
    words_without: int = 80,
    likeness_limit: float = 0.85,
) -> Verdict:
    """The verdict on a text; `text` and the texts in `older` come from `own_text`.

    `imported` is true for what came from an import or a feed; `captioned_photo` for a photo or
    video with a caption; `older` is what was public earlier within the days that the policy names.
    """
    count = own_words(text, dateline, closing)
    needed = words_with_photo if captioned_photo else words_without
    share_in, like = _likest(text, older)
    # The limit is compared before rounding: what is stored as 850 may have been 0.8496.
    against = {
        IMPORTED: imported,
        REPOST: repost,
        TOO_SHORT: count < needed,
        TOO_ALIKE: share_in >= likeness_limit,
    }
    reasons = tuple(code for code, holds in against.items() if holds)
    rounded = round(share_in * PER_MILLE) / PER_MILLE
    return Verdict(not reasons, count, needed, captioned_photo, rounded, like, reasons)


def _likest(text: str, older: Iterable[tuple[int, str]]) -> tuple[float, int | None]:
    """The largest share and where it was found; of equals the lowest id, so replays agree."""
    best, like = 0.0, None
    for article_id, other in sorted(older):
        found = share(text, other)
        if found > best:
            best, like = found, article_id
    return best, like
