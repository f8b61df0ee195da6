"""When the old board's newsroom roles end after a new decree."""

from __future__ import annotations

import datetime as dt

# Counted from the verification of the new decree; earlier where the new head signs in.
AT_THE_LATEST = dt.timedelta(days=14)
