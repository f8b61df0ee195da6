"""When a KIM's items need nobody first, and what ends that."""

from __future__ import annotations

import pytest

from kimcms.domain.trust import breaks, proposes_after
from kimcms.domain.workflow import Withdrawal


@pytest.mark.parametrize(
    ("after", "accepted", "proposed"),
    [
        (False, 0, False),
        (False, 9, False),
        (False, 10, True),
        (False, 500, True),
        (True, 10, False),
    ],
)
def test_ten_accepted_propose(after: bool, accepted: int, proposed: bool) -> None:
    """At first decision, since trust was last taken."""
    assert proposes_after(review_after=after, accepted_first=accepted) is proposed


@pytest.mark.parametrize("why", list(Withdrawal))
def test_what_breaks_trust(why: Withdrawal) -> None:
    assert breaks(why) is (why.value in {"false", "copied", "gambling"})
