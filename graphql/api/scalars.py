"""Scalars that stay native in process: a date is a date; JSON happens in `http` only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLError, StringValueNode, ValueNode
from graphql.error import GraphQLError as Unfit

YEARS = range(1900, 2200)  # what people and cases have; elsewhere a change of zone may leave the calendar


class _Native(graphene.Scalar):
    """A scalar whose value is a Python value within the process, and ISO 8601 text outside."""

    class Meta:
        abstract = True

    @staticmethod
    def serialize(value: Any) -> Any:
        """Hand the value on as it is."""
        return value

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> Any:
        """Read text in a document."""
        if not isinstance(node, StringValueNode):
            raise GraphQLError("ISO 8601 text expected", nodes=node)
        return cls.parse_value(node.value)


class DateTime(_Native):
    """A moment with its zone, ISO 8601: `2026-11-23T09:30:00+08:00`."""

    @staticmethod
    def parse_value(value: Any) -> datetime:
        """Read a moment; one without a zone is refused."""
        moment = value if isinstance(value, datetime) else _read(datetime.fromisoformat, value)
        if moment.tzinfo is None:
            raise Unfit("a moment needs a zone")
        _within_reach(moment)
        return moment


class Date(_Native):
    """A day, ISO 8601: `2026-11-23`."""

    @staticmethod
    def parse_value(value: Any) -> date:
        """Read a day."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        day: date = _read(date.fromisoformat, value)
        _within_reach(day)
        return day


class Time(_Native):
    """A time of day in China, ISO 8601: `09:30`."""

    @staticmethod
    def parse_value(value: Any) -> time:
        """Read a time of day; a zone is refused, it is always China's."""
        moment = value if isinstance(value, time) else _read(time.fromisoformat, value)
        if moment.tzinfo is not None:
            raise Unfit("a time of day has no zone")
        return moment


def _within_reach(day: date) -> None:
    if day.year not in YEARS:
        raise Unfit(f"a year from {YEARS.start} to {YEARS.stop - 1} expected")


def _read(parse: Any, value: Any) -> Any:
    if not isinstance(value, str):
        raise Unfit("ISO 8601 text expected")
    try:
        return parse(value)
    except ValueError as wrong:
        raise Unfit("ISO 8601 text expected") from wrong


def enum_of(members: type[Enum], description: str, values: Mapping[Any, str], *, name: str | None = None) -> Any:
    """Make an enum of the contract from one of a slice, with a description for it and for each value."""

    def describe(member: Enum | None) -> str:
        return description if member is None else values[member]

    return graphene.Enum.from_enum(members, name=name, description=describe)


def is_native(kind: Any) -> bool:
    """Say whether a type of the contract hands its values on as they are."""
    return issubclass(getattr(kind, "graphene_type", type(None)), _Native)
