"""Reads prepared once: a document becomes a function of its own, many times quicker than walking it anew.

It answers what graphql-core answers, or nothing: whatever it does not know by heart (unions, `@skip`, a missing value
that is required) raises `Unexpected`, and graphql-core runs the document instead. Mutations always go there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLResolveInfo, GraphQLSchema
from graphql.pyutils import Path

from api.documents import Document
from api.given import Arguments, Unexpected, Variables
from api.straight import Call, Straight

_info = functools.partial(tuple.__new__, GraphQLResolveInfo)  # its fields, in their order


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is ready to be answered."""

    variables: Variables
    calls: Sequence[tuple[tuple[Any, ...], Arguments]]
    function: Callable[[Any], dict[str, Any]]

    def answer(self, context: object, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Answer it. Raises what a resolver raises, and `Unexpected`."""
        values = self.variables.read(variables)
        said = (values, context, _never)
        return self.function([(_info(told + said), given.read(values)) for told, given in self.calls])


def _never(_value: object) -> bool:
    return False


def prepare(schema: GraphQLSchema, document: Document) -> Prepared | None:
    """Prepare a document that only reads; nothing where it holds what this does not know by heart."""
    root = schema.query_type
    if document.writes or root is None or document.operation.operation.value != "query":
        return None
    try:
        written = Straight(document, root)
    except Unexpected:
        return None
    calls = [(_told_beforehand(schema, document, call), call.arguments) for call in written.calls]
    return Prepared(Variables(schema, document.operation), calls, written.function())


def _told_beforehand(schema: GraphQLSchema, document: Document, call: Call) -> tuple[Any, ...]:
    """Give what an info tells whoever asks: everything but variables and context."""
    node, parent = call.nodes[0], call.parent
    path = Path(None, (node.alias or node.name).value, parent.name)
    field = (node.name.value, call.nodes, call.field.type, parent, path)
    return (*field, schema, dict(document.fragments), None, document.operation)
