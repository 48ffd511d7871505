"""Single values of a prepared document, where they are not at once what the contract says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLEnumType, GraphQLLeafType

from api.given import Unexpected


def serialized(kind: GraphQLLeafType, *, required: bool) -> Callable[[Any], Any]:
    """Give what makes a value one of this type, as graphql-core does."""

    def serialize(given: Any) -> Any:
        if given is None and not required:
            return None
        try:
            made = None if given is None else kind.serialize(given)
        except Exception as wrong:  # whatever it is, graphql-core makes an error of it
            raise Unexpected from wrong
        if made is None:
            raise Unexpected
        return made

    return serialize


def choice(kind: GraphQLEnumType, *, required: bool) -> Callable[[Any], Any]:
    """Give what names a choice, and remembers the names."""
    serialize = serialized(kind, required=required)
    known: dict[Any, Any] = {}

    def choose(given: Any) -> Any:
        try:
            return known[given]
        except (KeyError, TypeError):
            made = serialize(given)
            if len(known) <= 2 * len(kind.values):
                known[given] = made
            return made

    return choose
