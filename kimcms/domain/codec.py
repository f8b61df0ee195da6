"""Frozen dataclasses to JSON-safe values and back, so that what is stored can be replayed exactly.

Only what the tracker stores is understood: None, bool, int, float, str, enums of strings, dates,
UTC instants, tuples of those, and dataclasses. Anything else is a TypeError, not a guess.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from kimcms.domain.clock import UTC

T = TypeVar("T")


def dump(value: Any) -> Any:
    """The JSON-safe form of a value: dates as ISO days, instants as ISO times in UTC."""
    if isinstance(value, enum.StrEnum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {f.name: dump(getattr(value, f.name)) for f in dataclasses.fields(value)}
    raise TypeError(f"no stored form for {type(value).__name__}")


def load(cls: type[T], data: Mapping[str, Any]) -> T:
    """The dataclass that `dump` wrote; a missing field takes its default, an unknown one raises."""
    hints = _hints(typing.cast(typing.Hashable, cls))
    unknown = data.keys() - hints.keys()
    if unknown:
        raise ValueError(f"{cls.__name__} has no field {', '.join(sorted(unknown))}")
    return cls(**{name: _read(hints[name], value) for name, value in data.items()})


def canonical(value: Any) -> str:
    """One string per value: sorted keys, no spaces, so that two results compare byte by byte."""
    return json.dumps(dump(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    fields = {field.name for field in dataclasses.fields(cls)}
    return {name: hint for name, hint in typing.get_type_hints(cls).items() if name in fields}


def _read(hint: Any, data: Any) -> Any:
    if typing.get_origin(hint) is types.UnionType:
        if data is None:
            return None
        hint = next(arm for arm in typing.get_args(hint) if arm is not types.NoneType)
    if typing.get_origin(hint) is tuple:
        (item, _) = typing.get_args(hint)
        return tuple(_read(item, part) for part in data)
    if hint is dt.datetime:
        return dt.datetime.fromisoformat(data)
    if hint is dt.date:
        return dt.date.fromisoformat(data)
    if dataclasses.is_dataclass(hint):
        return load(typing.cast(type, hint), data)
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return hint(data)
    return data
