"""Variables made up for a document: they fit the contract and mean nothing."""

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, type_from_ast

from api.schema import SCHEMA

PLAIN = {
    "Boolean": False,
    "Date": "2026-11-23",
    "DateTime": "2026-11-23T09:30:00+08:00",
    "Float": 28.0,
    "ID": "nothing",
    "Int": 1,
    "String": "430211",
    "Time": "09:30",
}


def something(kind):
    """Make up a value that fits."""
    if isinstance(kind, GraphQLNonNull):
        return something(kind.of_type)
    if isinstance(kind, GraphQLList):
        return []
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        needed = {name: field for name, field in kind.fields.items() if isinstance(field.type, GraphQLNonNull)}
        return {name: something(field.type) for name, field in needed.items()}
    return PLAIN[kind.name]


def asked(document, **given):
    """Give all variables a document must have; what is given stands."""
    for definition in document.operation.variable_definitions:
        kind = type_from_ast(SCHEMA, definition.type)
        if isinstance(kind, GraphQLNonNull) and definition.default_value is None:
            given.setdefault(definition.variable.name.value, something(kind))
    return given
