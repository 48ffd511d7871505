"""What a document may ask: judged before validation, its cost before execution (TRUST G1, G2, FEATURES E02).

Nothing here is a map kept by hand: pages are the fields with `first`, found in the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLNonNull,
    InlineFragmentNode,
    IntValueNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    VariableNode,
    Visitor,
    get_named_type,
    is_composite_type,
    is_list_type,
    parse,
    specified_rules,
    validate,
    visit,
)

from api.documents import Document, understood
from api.paging import LONGEST_PAGE
from api.schema import SCHEMA
from core.errors import Malformed, TooLarge

BODY_BYTES = 100_000
TOKENS = 2_000
DEPTH = 10
NESTING = 20  # fields and fragments together
ALIASES = 30
FIELDS = 200
DIRECTIVES = 20
NODES = 2_000
PLAIN_LIST = 10  # what a list without pages counts for
VARIABLES_DEPTH = 12
ERRORS = 5


class UnfitQuery(Exception):
    """A document that does not parse or does not fit the contract."""

    def __init__(self, code: str, wrong: list[GraphQLError]) -> None:
        """Keep what is wrong with it."""
        super().__init__(code)
        self.code = code
        self.wrong = wrong


@dataclass(slots=True)
class Size:
    """How big a selection is, with its fragments spread out."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def add(self, other: Size, *, deeper: int = 0) -> None:
        """Take in what stands below."""
        self.depth = max(self.depth, other.depth + deeper)
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives


def admitted(text: str, *, introspection: bool) -> Document:
    """Give a document that may run, or say what is wrong with it.

    Raises `TooLarge` naming the limit, `UnfitQuery` for anything else.
    """
    try:
        ast = _parsed(text)
        _sized(ast, introspection=introspection)
        _fit(ast, introspection=introspection)
        document = understood(ast, text)
    except RecursionError:
        raise over("nesting", NESTING) from None
    if SCHEMA.get_root_type(document.operation.operation) is None:
        raise UnfitQuery("document_unfit", [GraphQLError("there is no such operation here")])
    if document.is_mutation and len(document.operation.selection_set.selections) > 1:
        raise over("mutations", 1)
    return document


def over(what: str, limit: int) -> TooLarge:
    """Say which limit was passed, and its value."""
    return TooLarge(f"limit_{what}", limit=limit)


def _parsed(text: str) -> DocumentNode:
    try:
        return parse(text, max_tokens=TOKENS)
    except GraphQLError as wrong:
        if f"more than {TOKENS} tokens" in wrong.message:
            raise over("tokens", TOKENS) from None
        if "nested too deeply" in wrong.message:
            raise over("nesting", NESTING) from None
        raise UnfitQuery("document_syntax", [wrong]) from None


def _sized(ast: DocumentNode, *, introspection: bool) -> None:
    operations = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) > 1:
        raise over("operations", 1)
    measuring = _Measuring(ast, introspection=introspection)
    for node in ast.definitions:
        if isinstance(node, (OperationDefinitionNode, FragmentDefinitionNode)) and not measuring.is_spared(node):
            size = measuring.of(node.selection_set, 1)
            size.directives += len(node.directives)
            for what, limit in (("depth", DEPTH), ("fields", FIELDS), ("aliases", ALIASES), ("directives", DIRECTIVES)):
                if getattr(size, what) > limit:
                    raise over(what, limit)
    visit(ast, _Words())


class _Measuring:
    """Measures selections; each fragment once, however often it is spread."""

    def __init__(self, ast: DocumentNode, *, introspection: bool) -> None:
        self.fragments = {n.name.value: n for n in ast.definitions if isinstance(n, FragmentDefinitionNode)}
        self.known: dict[str, Size] = {}
        self.under_way: set[str] = set()
        self.introspection = introspection

    def is_spared(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> bool:
        """Say whether it asks for nothing but the contract, where that may be asked for: tools ask deep."""
        on = node.type_condition.name.value if isinstance(node, FragmentDefinitionNode) else ""
        return self.introspection and on.startswith("__")

    def of(self, selections: SelectionSetNode | None, nesting: int) -> Size:
        if nesting > NESTING:
            raise over("nesting", NESTING)
        size = Size()
        for node in selections.selections if selections else ():
            size.directives += len(node.directives)
            if isinstance(node, FieldNode):
                self._field(node, size, nesting)
            elif isinstance(node, FragmentSpreadNode):
                size.add(self._spread(node.name.value, nesting + 1))
            elif isinstance(node, InlineFragmentNode):
                size.add(self.of(node.selection_set, nesting + 1))
        return size

    def _field(self, node: FieldNode, size: Size, nesting: int) -> None:
        below = Size()
        if not (self.introspection and node.name.value in ("__schema", "__type")):
            below = self.of(node.selection_set, nesting + 1)
        size.add(Size(below.depth, below.fields + 1, below.aliases + bool(node.alias), below.directives), deeper=1)

    def _spread(self, name: str, nesting: int) -> Size:
        if name in self.under_way:
            raise UnfitQuery("document_cycle", [GraphQLError(f"fragment {name} spreads itself")])
        if name not in self.known and name in self.fragments:
            self.under_way.add(name)
            self.known[name] = self.of(self.fragments[name].selection_set, nesting)
            self.under_way.discard(name)
        return self.known.get(name, Size())


class _Words(Visitor):
    """Looks at the text values of a document."""

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        _storable(node.value)


def _storable(text: str) -> None:
    """Refuse characters no database takes: NUL, and halves of a pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Malformed("characters_malformed") from None
    if "\0" in text:
        raise Malformed("characters_malformed")


def _fit(ast: DocumentNode, *, introspection: bool) -> None:
    if not introspection and (wrong := validate(SCHEMA, ast, [NoSchemaIntrospectionCustomRule])):
        raise UnfitQuery("introspection_off", wrong[:1])
    if wrong := validate(SCHEMA, ast, specified_rules, max_errors=ERRORS):
        raise UnfitQuery("document_unfit", wrong[:ERRORS])


def plain(variables: Mapping[str, Any]) -> None:
    """Refuse variables that are nested too deep or hold what no database takes."""
    _plain(variables, 1)


def _plain(value: Any, depth: int) -> None:
    if depth > VARIABLES_DEPTH:
        raise over("variables_depth", VARIABLES_DEPTH)
    if isinstance(value, str):
        _storable(value)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            _plain(name, depth + 1)
            _plain(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            _plain(part, depth + 1)


def cost(document: Document, variables: Mapping[str, Any]) -> int:
    """Count the nodes an answer may hold: the product of page sizes down each branch.

    Raises `TooLarge` where it is more than the limit, or a page is too long.
    """
    root = SCHEMA.get_root_type(document.operation.operation)
    counting = _Counting(document, variables)
    nodes = counting.below(document.operation.selection_set, root, 1)
    if nodes > NODES:
        raise over("nodes", NODES)
    return nodes


class _Counting:
    """Walks the selections beside the schema, multiplying page sizes."""

    def __init__(self, document: Document, variables: Mapping[str, Any]) -> None:
        self.fragments = document.fragments
        self.defaults = {
            definition.variable.name.value: definition.default_value.value
            for definition in document.operation.variable_definitions
            if isinstance(definition.default_value, IntValueNode)
        }
        self.variables = variables

    def below(self, selections: SelectionSetNode | None, parent: Any, times: int) -> int:
        nodes = 0
        for node, kind in self._fields(selections, parent):
            field = getattr(kind, "fields", {}).get(node.name.value)
            if field is not None:
                nodes += self._field(node, field, kind, times)
        return nodes

    def _fields(self, selections: SelectionSetNode | None, parent: Any) -> Iterator[tuple[FieldNode, Any]]:
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                yield node, parent
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                yield from self._fields(fragment.selection_set, SCHEMA.get_type(fragment.type_condition.name.value))
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                kind = SCHEMA.get_type(condition.name.value) if condition else parent
                yield from self._fields(node.selection_set, kind)

    def _field(self, node: FieldNode, field: GraphQLField, parent: Any, times: int) -> int:
        inner = get_named_type(field.type)
        size = self._size(node, field, parent)
        own = times * size if size != 1 else 0
        return own + self.below(node.selection_set, inner, times * size) if is_composite_type(inner) else own

    def _size(self, node: FieldNode, field: GraphQLField, parent: Any) -> int:
        if "first" in field.args:
            return self._first(node)
        kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        is_page = "pageInfo" in getattr(parent, "fields", {})
        return PLAIN_LIST if is_list_type(kind) and is_composite_type(get_named_type(kind)) and not is_page else 1

    def _first(self, node: FieldNode) -> int:
        value = next((a.value for a in node.arguments if a.name.value == "first"), None)
        given: Any = value.value if isinstance(value, IntValueNode) else None
        if isinstance(value, VariableNode):
            name = value.name.value
            given = self.variables[name] if name in self.variables else self.defaults.get(name)
        if isinstance(given, bool) or not isinstance(given, (int, float, str)):
            return 1  # does not fit; execution says so
        try:
            first = int(given)
        except (ValueError, OverflowError):
            return 1
        if first > LONGEST_PAGE:
            raise over("page", LONGEST_PAGE)
        return max(first, 1)


def is_query(document: Document) -> bool:
    """Say whether a document only asks: the only kind GET runs."""
    return document.operation.operation is OperationType.QUERY
