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
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from kimcms.domain.clock import UTC

T = TypeVar("T")

_PLAIN = frozenset({type(None), bool, int, float, str})


def dump(value: Any) -> Any:
    """The JSON-safe form of a value: dates as ISO days, instants as ISO times in UTC."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [dump(item) for item in value]
    names = _names(typing.cast(typing.Hashable, kind))
    if names:
        return {name: dump(getattr(value, name)) for name in names}
    if isinstance(value, enum.StrEnum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no stored form for {kind.__name__}")


def load(cls: type[T], data: Mapping[str, Any], **known: Any) -> T:
    """The dataclass that `dump` wrote; a missing field takes its default, an unknown one raises.

    `known` are fields that are kept elsewhere and need no reading.
    """
    readers = _readers(typing.cast(typing.Hashable, cls))
    try:
        return cls(**{name: readers[name](value) for name, value in data.items()}, **known)
    except KeyError:
        unknown = sorted(data.keys() - readers.keys())
        if not unknown:
            raise
        raise ValueError(f"{cls.__name__} has no field {', '.join(unknown)}") from None


def canonical(value: Any) -> str:
    """One string per value: sorted keys, no spaces, so that two results compare byte by byte."""
    return json.dumps(dump(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@cache
def _names(cls: Any) -> tuple[str, ...]:
    """The fields of a dataclass, looked up once; none for any other class."""
    return tuple(f.name for f in dataclasses.fields(cls)) if dataclasses.is_dataclass(cls) else ()


@cache
def _readers(cls: Any) -> dict[str, Callable[[Any], Any]]:
    """What reads each field of a dataclass, worked out once from its annotations."""
    hints = typing.get_type_hints(cls)
    return {name: _reader(hints[name]) for name in _names(cls)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if typing.get_origin(hint) is types.UnionType:
        arm = _reader(next(a for a in typing.get_args(hint) if a is not types.NoneType))
        return lambda data: None if data is None else arm(data)
    if typing.get_origin(hint) is tuple:
        item = _reader(typing.get_args(hint)[0])
        return lambda data: tuple(item(part) for part in data)
    if hint is dt.datetime:
        return dt.datetime.fromisoformat
    if hint is dt.date:
        return dt.date.fromisoformat
    if dataclasses.is_dataclass(hint):
        return lambda data: load(typing.cast(type, hint), data)
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return hint
    return lambda data: data
