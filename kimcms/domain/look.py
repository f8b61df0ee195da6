"""Accent colours that a subsite may choose; each has its light and dark value in `site.css`.

All are checked for contrast (a test computes it): at least 4.5 to 1 on the paper of their mode.
"""

from __future__ import annotations

# name -> (on light paper, on dark paper)
ACCENTS: dict[str, tuple[str, str]] = {
    "bata": ("#9c3b1b", "#f0a183"),
    "daun": ("#2f6b2d", "#93cf8d"),
    "laut": ("#15607a", "#7cc6de"),
    "nila": ("#3b4ba3", "#aab6f5"),
    "manggis": ("#7b2c6a", "#e2a1d2"),
    "kunyit": ("#7a5200", "#e6b95a"),
    "apel": ("#a3242f", "#f39a9f"),
    "batu": ("#454f57", "#b6c2cb"),
}
PORTAL = ("#0b5a4a", "#7fd0bd")
PAPER = ("#ffffff", "#14171a")
