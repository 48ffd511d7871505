"""Variables and arguments of a prepared document: quick where plainly right, by graphql-core otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableNode,
    Visitor,
    type_from_ast,
    value_from_ast,
    visit,
)
from graphql.execution.values import get_variable_values

from core.errors import Malformed

PLAIN: dict[str, type] = {"String": str, "ID": str, "Int": int, "Float": float, "Boolean": bool}
SMALLEST, LARGEST = -(2**31), 2**31 - 1


class Unexpected(Exception):
    """Nothing that was prepared for."""


class Variables:
    """The variables of an operation."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        """Look at the definitions once."""
        self.schema = schema
        self.definitions = operation.variable_definitions
        kinds: dict[str, Any] = {one.variable.name.value: type_from_ast(schema, one.type) for one in self.definitions}
        self.readers = {name: _reader(kind) for name, kind in kinds.items()}
        self.needed = {
            one.variable.name.value
            for one in self.definitions
            if one.default_value is not None or isinstance(kinds[one.variable.name.value], GraphQLNonNull)
        }

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give the values, or say that they do not fit. As graphql-core, leave out what nobody asked for."""
        if self.needed <= given.keys():
            try:
                return {name: self.readers[name](value) for name, value in given.items() if name in self.readers}
            except (LookupError, TypeError):
                pass  # graphql-core says whether it fits
        values = get_variable_values(self.schema, self.definitions, dict(given))
        if isinstance(values, list):
            raise Malformed("input_malformed", detail=values[0].message.split(" Did you mean ", 1)[0])
        return values


def _reader(kind: Any) -> Callable[[Any], Any]:
    """Give what reads a value that is plainly right; it raises for any other."""
    named = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(named, GraphQLEnumType):
        return {name: named.parse_value(name) for name in named.values}.__getitem__
    plain: Any = PLAIN.get(getattr(named, "name", ""))

    def read(value: Any) -> Any:
        if type(value) is plain and (plain is not int or SMALLEST <= value <= LARGEST):
            return value
        raise LookupError

    return read


class Arguments:
    """The arguments of a field with a resolver of its own."""

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        """Work out what never changes; raise `Unexpected` for variables within lists or objects."""
        given = {argument.name.value: argument.value for argument in node.arguments}
        self.fixed: dict[str, Any] = {}
        self.varying: list[tuple[str, str, GraphQLArgument]] = []
        for name, argument in field.args.items():
            value = given.get(name)
            key = argument.out_name or name
            if isinstance(value, VariableNode):
                self.varying.append((key, value.name.value, argument))
            elif value is not None:
                self.fixed[key] = _constant(value, argument)
            elif argument.default_value is not Undefined:
                self.fixed[key] = argument.default_value

    def __bool__(self) -> bool:
        """Say whether there is anything to hand on."""
        return bool(self.fixed or self.varying)

    def read(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give the arguments for these variables."""
        if not self.varying:
            return self.fixed
        found = dict(self.fixed)
        for key, variable, argument in self.varying:
            if variable in values:
                found[key] = values[variable]
            elif argument.default_value is not Undefined:
                found[key] = argument.default_value
            if isinstance(argument.type, GraphQLNonNull) and found.get(key) is None:
                raise Unexpected
        return found


class _Variables(Visitor):
    """Finds a variable within a value."""

    def enter_variable(self, *_: Any) -> None:
        raise Unexpected


def _constant(value: Any, argument: GraphQLArgument) -> Any:
    visit(value, _Variables())
    made = value_from_ast(value, argument.type)
    if made is Undefined:
        raise Unexpected
    return made
