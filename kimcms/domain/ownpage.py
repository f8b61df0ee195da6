"""Own pages, of the portal and of each subsite: limits."""

from __future__ import annotations

TITLE_LONGEST = 80
SLUG_LONGEST = 60
MOST_PAGES = 12
# So many stand in the menu above a subsite's pages; all of them stand at the foot.
IN_MENU = 4
