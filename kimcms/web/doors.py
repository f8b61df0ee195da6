"""A blueprint whose routes exist behind one door only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from kimcms.domain.hosts import Door


class DoorBlueprint(Blueprint):
    """Binds all its routes to one of the three constant labels."""

    def __init__(self, door: Door, import_name: str) -> None:
        super().__init__("desk" if door is Door.REDAKSI else door.value, import_name)
        self.door = door

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        options["host"] = self.door.value
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)
