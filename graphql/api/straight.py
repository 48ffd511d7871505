"""Documents as straight-line Python: what a document selects becomes the source of one function.

Only trusted documents come here, and of their text only what the grammar calls a name; everything else the function
needs is bound to names of ours. What it does not know by heart (unions, `@skip`) raises `Unexpected`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    SelectionSetNode,
    is_leaf_type,
)

from api.documents import Document
from api.given import LARGEST, PLAIN, SMALLEST, Arguments, Unexpected
from api.leaves import choice, serialized
from api.scalars import is_native
from core.written import function

DEEPEST = 15  # Python nests twenty loops at most


@dataclass(frozen=True, slots=True)
class Call:
    """A field with a resolver of its own."""

    field: GraphQLField
    nodes: list[FieldNode]
    parent: GraphQLObjectType
    arguments: Arguments


class Straight:
    """Writes the function of one document: `answer(calls)`, where each call is an info and its arguments."""

    def __init__(self, document: Document, root: GraphQLObjectType) -> None:
        """Write it."""
        self.calls: list[Call] = []
        self._fragments = document.fragments
        self._lines: list[str] = []
        self._depth = 1
        self._known: dict[str, Any] = {"Unexpected": Unexpected, "rows": (list, tuple)}
        made = self._object(root, "root", [document.operation.selection_set])
        taken = "".join(f"(info{place}, given{place}), " for place in range(len(self.calls)))
        head = ["def answer(calls, root=None):", *([f" {taken}= calls"] if taken else [])]
        self.source = "\n".join([*head, *self._lines, f" return {made}", ""])

    def function(self) -> Callable[[Any], dict[str, Any]]:
        """Give the function."""
        return function("answer", self.source, self._known)

    def _write(self, *lines: str) -> None:
        self._lines.extend(" " * self._depth + line for line in lines)

    @contextmanager
    def _within(self, line: str) -> Iterator[None]:
        """Write a block."""
        if self._depth > DEEPEST:
            raise Unexpected
        self._write(line)
        self._depth += 1
        yield
        self._depth -= 1

    def _bound(self, value: Any) -> str:
        name = f"known{len(self._known)}"
        self._known[name] = value
        return name

    def _fresh(self) -> str:
        return f"v{len(self._lines)}"

    def _object(self, kind: GraphQLObjectType, source: str, selections: list[SelectionSetNode]) -> str:
        """Write what makes a dict of an object; give the name it goes by."""
        if kind.is_type_of is not None:
            raise Unexpected
        chosen: dict[str, list[FieldNode]] = {}
        for selection in selections:
            self._gather(kind, selection, chosen)
        parts = [f"{key!r}: {self._field(kind, nodes, source)}" for key, nodes in chosen.items()]
        made = self._fresh()
        self._write(f"{made} = {{{', '.join(parts)}}}")
        return made

    def _gather(self, kind: GraphQLObjectType, selection: SelectionSetNode, into: dict[str, list[FieldNode]]) -> None:
        for node in selection.selections:
            if node.directives:
                raise Unexpected
            if isinstance(node, FieldNode):
                into.setdefault((node.alias or node.name).value, []).append(node)
                continue
            part: Any = self._fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            condition = part.type_condition
            if condition is not None and condition.name.value != kind.name:
                raise Unexpected
            self._gather(kind, part.selection_set, into)

    def _field(self, parent: GraphQLObjectType, nodes: list[FieldNode], source: str) -> str:
        name = nodes[0].name.value
        if name == "__typename":
            return repr(parent.name)
        field = parent.fields.get(name)
        if field is None or field.resolve is None:
            raise Unexpected
        made = self._fresh()
        resolve = field.resolve
        if isinstance(resolve, functools.partial) and resolve.func is dict_or_attr_resolver:
            self._attribute(made, source, resolve)
        else:
            self._call(made, source, Call(field, nodes, parent, Arguments(field, nodes[0])))
        return self._value(field.type, made, [node.selection_set for node in nodes if node.selection_set])

    def _attribute(self, made: str, source: str, resolve: functools.partial[Any]) -> None:
        """Write what takes an attribute as it is; for dicts, and where there is none, the resolver knows what to do."""
        asked = f"{made} = {self._bound(resolve)}({source}, None)"
        if hasattr(dict, resolve.args[0]):
            self._write(asked)
        else:
            self._write("try:", f" {made} = {source}.{resolve.args[0]}", "except AttributeError:", f" {asked}")

    def _call(self, made: str, source: str, call: Call) -> None:
        place = len(self.calls)
        self.calls.append(call)
        given = f", **given{place}" if call.arguments else ""
        self._write(f"{made} = {self._bound(call.field.resolve)}({source}, info{place}{given})")

    def _value(self, kind: Any, value: str, below: list[SelectionSetNode]) -> str:
        """Write what completes a value; give the name it goes by then."""
        if isinstance(kind, GraphQLNonNull):
            return self._some(kind.of_type, value, below, required=True)
        return self._some(kind, value, below, required=False)

    def _some(self, kind: Any, value: str, below: list[SelectionSetNode], *, required: bool) -> str:
        if is_leaf_type(kind):
            self._leaf(kind, value, required=required)
            return value
        if required:
            self._write(f"if {value} is None: raise Unexpected")
            return self._whole(kind, value, below)
        with self._within(f"if {value} is not None:"):
            self._write(f"{value} = {self._whole(kind, value, below)}")
        return value

    def _whole(self, kind: Any, value: str, below: list[SelectionSetNode]) -> str:
        if isinstance(kind, GraphQLObjectType):
            return self._object(kind, value, below)
        if not isinstance(kind, GraphQLList):
            raise Unexpected
        self._write(f"if not isinstance({value}, rows): raise Unexpected", f"{value}l = []")
        with self._within(f"for {value}i in {value}:"):
            self._write(f"{value}l.append({self._value(kind.of_type, f'{value}i', below)})")
        return f"{value}l"

    def _leaf(self, kind: Any, value: str, *, required: bool) -> None:
        plain = PLAIN.get(kind.name)
        if is_native(kind):
            if required:
                self._write(f"if {value} is None: raise Unexpected")
            return
        make = choice if isinstance(kind, GraphQLEnumType) else serialized
        put = f"{value} = {self._bound(make(kind, required=required))}({value})"
        if plain is int:
            self._write(f"if type({value}) is not int or not {SMALLEST} <= {value} <= {LARGEST}: {put}")
        else:
            self._write(f"if type({value}) is not {plain.__name__}: {put}" if plain else put)
