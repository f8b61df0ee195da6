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
    names, readers = _readers(typing.cast(typing.Hashable, cls))
    if not data.keys() <= names:
        unknown = sorted(data.keys() - names)
        raise ValueError(f"{cls.__name__} has no field {', '.join(unknown)}")
    read = {name: reader(data[name]) for name, reader in readers if name in data}
    return cls(**{**data, **read}, **known)


def canonical(value: Any) -> str:
    """One string per value: sorted keys, no spaces, so that two results compare byte by byte."""
    return _encoder.encode(value)


def _opened(value: Any) -> Any:
    """One level of what `json` does not know: it goes through the rest itself, much faster."""
    names = _names(typing.cast(typing.Hashable, type(value)))
    return {name: getattr(value, name) for name in names} if names else dump(value)


_encoder = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_opened
)


@cache
def _names(cls: Any) -> tuple[str, ...]:
    """The fields of a dataclass, looked up once; none for any other class."""
    return tuple(f.name for f in dataclasses.fields(cls)) if dataclasses.is_dataclass(cls) else ()


@cache
def _readers(cls: Any) -> tuple[frozenset[str], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """The fields of a dataclass, and what reads those that JSON has in another form; worked out
    once from its annotations."""
    hints, names = typing.get_type_hints(cls), _names(cls)
    found = ((name, _reader(hints[name])) for name in names)
    return frozenset(names), tuple((name, reader) for name, reader in found if reader)


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """What makes the value of its stored form; None where they are the same."""
    if typing.get_origin(hint) is types.UnionType:
        arm = _reader(next(a for a in typing.get_args(hint) if a is not types.NoneType))
        return arm and (lambda data: None if data is None else arm(data))
    if typing.get_origin(hint) is tuple:
        item = _reader(typing.get_args(hint)[0])
        return (lambda data: tuple(map(item, data))) if item else tuple
    if hint is dt.datetime:
        return dt.datetime.fromisoformat
    if hint is dt.date:
        return dt.date.fromisoformat
    if dataclasses.is_dataclass(hint):
        return lambda data: load(typing.cast(type, hint), data)
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return hint
    return None
