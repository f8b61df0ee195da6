"""The emergency banner: limits and words."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

TEXT_LONGEST = 200
LINK_LONGEST = 300
# A banner that nobody ends is gone after this.
BANNER_LONGEST = dt.timedelta(days=14)


class Level(StrEnum):
    """How loud a banner is."""

    INFO = "info"
    WARNING = "warning"
    DANGER = "danger"
