"""Before or after: whether the Forum reads a KIM's items before they stand in the city feed."""

from __future__ import annotations

from kimcms.domain.workflow import Withdrawal

# Items accepted at first decision since the Forum last took trust away.
PROPOSED_AFTER = 10
_BREAKS_TRUST = frozenset({Withdrawal.FALSE, Withdrawal.COPIED, Withdrawal.GAMBLING})


def proposes_after(*, review_after: bool, accepted_first: int) -> bool:
    """Whether the record proposes review-after; a moderator confirms it."""
    return not review_after and accepted_first >= PROPOSED_AFTER


def breaks(why: Withdrawal) -> bool:
    """Whether a withdrawal for this reason puts a KIM back under review-before by itself."""
    return why in _BREAKS_TRUST
