"""What one run was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    rounds: int = 7  # of measuring one thing and what it is held against in turn
    seconds: float = 0.35  # of one turn
    pages: str = ""  # only pages whose name holds this
