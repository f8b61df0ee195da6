"""An editor's note beside a paragraph, found again after the text was changed."""

from __future__ import annotations

from collections.abc import Sequence

from kimcms.domain.compare import alike

NOTE_LONGEST = 1000
ANCHOR_LONGEST = 2000
NOTES_MOST = 50
_STILL_IT = 0.5


def place_of(anchor: str, paragraphs: Sequence[str]) -> int | None:
    """The paragraph that says what the note is about: the same one, else the most alike; None
    where it was taken out or written anew."""
    cut = [paragraph[:ANCHOR_LONGEST] for paragraph in paragraphs]
    if anchor in cut:
        return cut.index(anchor)
    scores = [(alike(anchor, paragraph), -place) for place, paragraph in enumerate(cut)]
    best, place = max(scores, default=(0.0, 0))
    return -place if best >= _STILL_IT else None
