"""The numbers of the activity tracker: tried on the stored history, then switched on from a
later Monday. What has begun stays for ever; old results keep the version they were made by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kimcms.db import CITY, db
from kimcms.domain.clock import start_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.policy import Policy
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.models.cluster import PolicyVersion
from kimcms.queries import accounts, policies
from kimcms.services import notices
from kimcms.services.unit import atomic


def switch_on(actor: Actor, draft: Policy, start: dt.date, now: dt.datetime) -> PolicyVersion:
    """From a Monday that lies ahead on, the rule uses these numbers."""
    if start.weekday():
        raise Refused("not_a_monday", monday=start)
    if start_of(start) <= now:
        raise Refused("policy_start")
    with atomic(CITY, now) as unit:
        if not actor.may(Verb.SWITCH_POLICY, None, now):
            raise Refused("not_allowed")
        known = policies.versions()
        if any(start_of(row.in_force_from) > now for row in known):
            raise Refused("policy_waiting")
        if replace(draft, version=known[-1].version) == Policy.from_dict(known[-1].numbers):
            raise Refused("policy_same")
        version = max(row.version for row in known) + 1
        row = PolicyVersion(
            version=version,
            numbers=replace(draft, version=version).as_dict(),
            in_force_from=start,
            made_at=now,
            made_by=actor.user_id,
        )
        db.session.add(row)
        after = {"version": version, "from": start.isoformat()}
        unit.record(actor, "policy.switch", row, after=after)
        _tell(actor, "policy.switch", "/kebijakan/", now, day=start.isoformat())
        return row


def take_back(actor: Actor, version: int, now: dt.datetime) -> None:
    """A version that has not begun yet is not switched on after all."""
    with atomic(CITY, now) as unit:
        if not actor.may(Verb.SWITCH_POLICY, None, now):
            raise Refused("not_allowed")
        row = db.session.get(PolicyVersion, version, with_for_update=True)
        if row is None:
            raise Refused("policy_gone")
        if start_of(row.in_force_from) <= now:
            raise Refused("policy_begun")
        unit.record(actor, "policy.take_back", row, before={"version": version})
        db.session.delete(row)
        _tell(actor, "policy.take_back", "/kebijakan/", now)


def propose(
    actor: Actor, changed: Mapping[str, Any], path: str, reason: str, now: dt.datetime
) -> None:
    """The Forum asks Diskominfo to look at other numbers; `path` leads to the same trial."""
    reason = clean_line(reason, NOTE_LONGEST)
    if not reason:
        raise Refused("policy_reason")
    if not changed:
        raise Refused("policy_same")
    if len(path) > 300:
        raise Refused("policy_too_much")
    with atomic(CITY, now) as unit:
        if not actor.may(Verb.TRY_POLICY, None, now):
            raise Refused("not_allowed")
        unit.record(actor, "policy.propose", None, reason=reason, after=dict(changed))
        _tell(actor, "policy.propose", path, now, reason=reason)


def _tell(actor: Actor, kind: str, path: str, now: dt.datetime, **more: Any) -> None:
    told = {"policy.propose": (Role.DISKOMINFO,)}.get(kind, (Role.MODERATOR, Role.DISKOMINFO))
    others = set(accounts.holders(None, told)) - {actor.user_id}
    key = f"{kind}:{actor.user_id}:{now.timestamp():.0f}"
    notices.tell(others, kind, key, now, path=path, **more)
