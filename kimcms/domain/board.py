"""The seats of a KIM's board (pengurus), in the order in which people name them."""

from __future__ import annotations

# As they are stored and shown: the decree names them so.
POSITIONS = (
    "Ketua",
    "Sekretaris",
    "Bendahara",
    "Bidang penggalian informasi",
    "Bidang pengolahan informasi",
    "Bidang penyebaran informasi",
)
HEAD = POSITIONS[0]


def rank(position: str) -> int:
    """Where a seat stands in the list."""
    return POSITIONS.index(position)


def missing(held: set[str]) -> tuple[str, ...]:
    """The seats that nobody holds: without them a board is not complete."""
    return tuple(position for position in POSITIONS if position not in held)
