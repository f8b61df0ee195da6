"""How alike two texts are, for the credit rule of the activity tracker.

The measure is the share of the new text's 5-word shingles that stand in the older one. It is
not symmetric: a short copy out of a long text is a copy, a long text around a quotation is not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

SHINGLE = 5
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of a plain text, folded for comparison; "ibu-ibu" is one word."""
    return [found.casefold() for found in _WORD.findall(text)]


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The 5-word shingles of a text; a text under 5 words is one shingle, itself."""
    found = words(text)
    if len(found) < SHINGLE:
        return frozenset([tuple(found)]) if found else frozenset()
    return frozenset(zip(*(found[start:] for start in range(SHINGLE)), strict=False))


def share(new: str, older: str) -> float:
    """The part of `new` that stands in `older`, from 0.0 to 1.0; an empty text is like nothing."""
    own = shingles(new)
    return len(own & shingles(older)) / len(own) if own else 0.0


def fingerprint(text: str, keep_one_in: int = 4) -> frozenset[int]:
    """A sample of the shingles as signed 64-bit numbers, by which an index finds candidates.

    The sample depends on the shingle alone, so two texts that share most of their shingles share
    most of their samples. A text whose sample would be empty gives all its shingles.
    """
    hashes = {_hash(shingle) for shingle in shingles(text)}
    return frozenset(h for h in hashes if h % keep_one_in == 0) or frozenset(hashes)


def _hash(shingle: Iterable[str]) -> int:
    digest = hashlib.blake2b("\x1f".join(shingle).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
