"""Reads prepared once: a document becomes a tree of small functions, several times quicker than walking it anew.

It answers what graphql-core answers, or nothing: whatever it does not know by heart (unions, `@skip`, a missing value
that is required) raises `Unexpected`, and graphql-core runs the document instead. Mutations always go there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    is_leaf_type,
)
from graphql.pyutils import Path

from api.documents import Document
from api.given import LARGEST, PLAIN, SMALLEST, Arguments, Unexpected, Variables, fits_int
from api.scalars import is_native


@dataclass(frozen=True, slots=True)
class Run:
    """What one execution knows: for each field with a resolver, its info and its arguments."""

    calls: tuple[tuple[GraphQLResolveInfo, Mapping[str, Any]], ...]


Complete = Callable[[Any, Run], Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A field with a resolver of its own."""

    field: GraphQLField
    nodes: list[FieldNode]
    parent: GraphQLObjectType
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class Part:
    """One key of an object: an attribute of its source, or something to be called.

    An answer of the type `quick` is taken as it is; `object` takes whatever is there.
    """

    key: str
    attribute: str | None
    default: Any
    quick: type | None
    value: Complete
    call: int | None = None
    resolve: Any = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is ready to be answered."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    variables: Variables
    calls: tuple[Call, ...]
    complete: Complete

    def answer(self, context: object, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Answer it. Raises what a resolver raises, and `Unexpected`."""
        values = self.variables.read(variables)
        run = Run(tuple((self._info(call, values, context), call.arguments.read(values)) for call in self.calls))
        answer: dict[str, Any] = self.complete(None, run)
        return answer

    def _info(self, call: Call, values: dict[str, Any], context: object) -> GraphQLResolveInfo:
        node = call.nodes[0]
        return GraphQLResolveInfo(
            node.name.value,
            call.nodes,
            call.field.type,
            call.parent,
            Path(None, (node.alias or node.name).value, call.parent.name),
            self.schema,
            self.fragments,
            None,
            self.operation,
            values,
            context,
            _never,
        )


def _never(_value: object) -> bool:
    return False


def prepare(schema: GraphQLSchema, document: Document) -> Prepared | None:
    """Prepare a document that only reads; nothing where it holds what this does not know by heart."""
    root = schema.query_type
    if document.writes or root is None or document.operation.operation.value != "query":
        return None
    preparing = _Preparing(schema, document)
    try:
        complete = preparing.object(root, [document.operation.selection_set])
    except Unexpected:
        return None
    operation = document.operation
    variables = Variables(schema, operation)
    return Prepared(schema, operation, dict(document.fragments), variables, tuple(preparing.calls), complete)


class _Preparing:
    """Turns selections into functions."""

    def __init__(self, schema: GraphQLSchema, document: Document) -> None:
        self.schema = schema
        self.document = document
        self.calls: list[Call] = []

    def object(self, kind: GraphQLObjectType, selections: list[SelectionSetNode]) -> Complete:
        """Prepare an object: a dict with a value for each key."""
        if kind.is_type_of is not None:
            raise Unexpected
        chosen: dict[str, list[FieldNode]] = {}
        for selection in selections:
            self._gather(kind, selection, chosen)
        return _object([self._part(kind, key, nodes) for key, nodes in chosen.items()])

    def _gather(self, kind: GraphQLObjectType, selection: SelectionSetNode, into: dict[str, list[FieldNode]]) -> None:
        for node in selection.selections:
            if node.directives:
                raise Unexpected
            if isinstance(node, FieldNode):
                into.setdefault((node.alias or node.name).value, []).append(node)
                continue
            part: Any = self.document.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            condition = part.type_condition
            if condition is not None and self.schema.get_type(condition.name.value) is not kind:
                raise Unexpected
            self._gather(kind, part.selection_set, into)

    def _part(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Part:
        name = nodes[0].name.value
        if name == "__typename":
            return Part(key, None, None, None, lambda _source, _run: parent.name)
        field = parent.fields.get(name)
        if field is None or field.resolve is None:
            raise Unexpected
        below = [node.selection_set for node in nodes if node.selection_set]
        resolve = field.resolve
        if isinstance(resolve, functools.partial) and resolve.func is dict_or_attr_resolver:
            attribute, default = resolve.args
            return Part(key, attribute, default, _quick(field.type), self._value(field.type, below))
        place = len(self.calls)
        self.calls.append(Call(field, nodes, parent, Arguments(field, nodes[0])))
        return Part(key, None, None, _quick(field.type), self._value(field.type, below), place, resolve)

    def _value(self, kind: Any, below: list[SelectionSetNode]) -> Complete:
        if isinstance(kind, GraphQLNonNull):
            inner = kind.of_type
            is_object = isinstance(inner, GraphQLObjectType)
            return _required(self.object(inner, below) if is_object else self._value(inner, below))
        if isinstance(kind, GraphQLList):
            return _listed(self._value(kind.of_type, below))
        if is_leaf_type(kind):
            return _leaf(kind)
        if isinstance(kind, GraphQLObjectType):
            return _optional(self.object(kind, below))
        raise Unexpected


def _quick(kind: Any) -> type | None:
    """Say which Python type needs nothing more done to be an answer of this type."""
    named = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if is_leaf_type(named) and is_native(named):
        return object
    return PLAIN.get(getattr(named, "name", ""))


def _object(parts: list[Part]) -> Complete:
    rows: list[tuple[Any, ...]] = [
        (part.key, part.attribute, part.default, part.quick, part.value, part.call, part.resolve) for part in parts
    ]

    def complete(source: Any, run: Run) -> dict[str, Any]:
        answer = {}
        is_dict = isinstance(source, dict)
        calls = run.calls
        for key, attribute, default, quick, value, call, resolve in rows:
            if attribute is not None:
                given = source.get(attribute, default) if is_dict else getattr(source, attribute, default)
            elif call is None:
                given = source
            else:
                info, arguments = calls[call]
                given = resolve(source, info, **arguments) if arguments else resolve(source, info)
            if type(given) is quick:
                is_plain = quick is not int or SMALLEST <= given <= LARGEST
            else:
                is_plain = quick is object and given is not None
            answer[key] = given if is_plain else value(given, run)
        return answer

    return complete


def _required(value: Complete) -> Complete:
    def required(given: Any, run: Run) -> Any:
        if given is None:
            raise Unexpected
        return value(given, run)

    return required


def _optional(value: Complete) -> Complete:
    def optional(given: Any, run: Run) -> Any:
        return None if given is None else value(given, run)

    return optional


def _listed(value: Complete) -> Complete:
    def listed(given: Any, run: Run) -> Any:
        if given is None:
            return None
        if not isinstance(given, (list, tuple)):
            raise Unexpected
        return [value(one, run) for one in given]

    return listed


def _leaf(kind: GraphQLLeafType) -> Complete:
    serialized = _serialized(kind)
    plain = PLAIN.get(kind.name)
    if isinstance(kind, GraphQLEnumType):
        return _choice(kind, serialized)
    if is_native(kind):
        return lambda given, _run: given
    if plain is int:
        return lambda given, _run: given if fits_int(given) else serialized(given)
    return lambda given, _run: given if type(given) is plain else serialized(given)


def _serialized(kind: GraphQLLeafType) -> Callable[[Any], Any]:
    def serialized(given: Any) -> Any:
        if given is None:
            return None
        try:
            made = kind.serialize(given)
        except GraphQLError as wrong:
            raise Unexpected from wrong
        if made is None:
            raise Unexpected
        return made

    return serialized


def _choice(kind: GraphQLEnumType, serialized: Callable[[Any], Any]) -> Complete:
    known: dict[Any, Any] = {}

    def choice(given: Any, _run: Run) -> Any:
        try:
            return known[given]
        except KeyError:
            made = serialized(given)
            if len(known) <= 2 * len(kind.values):
                known[given] = made
            return made

    return choice
