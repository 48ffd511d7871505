"""Trusted documents: `graphql/operations/**/*.graphql`, one operation each, by name and by hash (FEATURES E12)."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    OperationDefinitionNode,
    OperationType,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    parse,
    validate,
    visit,
)

from api import releases
from api.schema import SCHEMA

FOLDER = Path(__file__).parent.parent / "operations"
KEY_ARGUMENT = "idempotencyKey"


class UnfitDocument(Exception):
    """A document of ours does not fit the contract: a bug, found by the tests."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was parsed and validated, and what the door needs to know of it."""

    id: str
    text: str
    ast: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    is_mutation: bool
    writes: bool
    is_private: bool
    act: FieldNode | None
    remembered: bool
    ahead: Callable[..., Any] | None = None

    @property
    def name(self) -> str:
        """Give the name of the operation."""
        return self.operation.name.value if self.operation.name else "anonymous"

    def key(self, variables: Mapping[str, Any]) -> object:
        """Give the idempotency key that comes with these variables."""
        for argument in self.act.arguments if self.act else ():
            if argument.name.value == KEY_ARGUMENT:
                if isinstance(argument.value, VariableNode):
                    return variables.get(argument.value.name.value)
                return argument.value.value if isinstance(argument.value, StringValueNode) else None
        return None

    def input(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Give the variables without the key: what a key stands for."""
        names = {
            argument.value.name.value
            for argument in (self.act.arguments if self.act else ())
            if argument.name.value == KEY_ARGUMENT and isinstance(argument.value, VariableNode)
        }
        return {name: value for name, value in variables.items() if name not in names}


def digest(text: str) -> str:
    """Give the id of a document: the SHA-256 of its text."""
    return hashlib.sha256(text.encode()).hexdigest()


def understood(ast: DocumentNode, text: str, *, id: str = "") -> Document:
    """Look at a validated document once: what it does, and whether it writes."""
    operation = next(node for node in ast.definitions if isinstance(node, OperationDefinitionNode))
    fragments = {node.name.value: node for node in ast.definitions if isinstance(node, FragmentDefinitionNode)}
    is_mutation = operation.operation is OperationType.MUTATION
    act = _act(operation) if is_mutation else None
    action = _action(act)
    return Document(
        id=id or digest(text),
        text=text,
        ast=ast,
        operation=operation,
        fragments=fragments,
        is_mutation=is_mutation,
        writes=is_mutation or _has_field(ast, "recorded"),
        is_private=_has_field(ast, "private"),
        act=act if action else None,
        remembered=bool(action and action.remembered),
        ahead=action.ahead if action else None,
    )


def _act(operation: OperationDefinitionNode) -> FieldNode | None:
    first = operation.selection_set.selections[0]
    return first if isinstance(first, FieldNode) else None


def _action(act: FieldNode | None) -> Any:
    mutations = SCHEMA.mutation_type
    field = mutations.fields.get(act.name.value) if act and mutations else None
    return getattr(field.resolve, "action", None) if field else None


class _Marked(Visitor):
    """Finds fields whose resolver carries a mark."""

    def __init__(self, types: TypeInfo, mark: str) -> None:
        super().__init__()
        self.types = types
        self.mark = mark
        self.found = False

    def enter_field(self, *_: Any) -> None:
        field: GraphQLField | None = self.types.get_field_def()
        self.found |= bool(field and getattr(field.resolve, self.mark, False))


def _has_field(ast: DocumentNode, mark: str) -> bool:
    """Say whether any field is marked: `recorded`, its reading is written down; `private`, never by GET."""
    types = TypeInfo(SCHEMA)
    finder = _Marked(types, mark)
    visit(ast, TypeInfoVisitor(types, finder))
    return finder.found


@functools.cache
def texts() -> Mapping[str, str]:
    """Read every trusted document: name → text."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.rglob("*.graphql")):
        if path.stem in found:
            raise UnfitDocument(f"{path}: there is another document of this name")
        found[path.stem] = path.read_text(encoding="utf-8")
    return found


@functools.cache
def ids() -> Mapping[str, str]:
    """Say which document an id stands for: id → name. Those of the last releases stay, under `Name@release`."""
    return {digest(text): name for name, text in (*releases.texts().items(), *texts().items())}


@functools.cache
def named(name: str) -> Document:
    """Give a trusted document, parsed and validated once."""
    text = texts().get(name) or releases.texts().get(name)
    if text is None:
        raise UnfitDocument(f"there is no {name}.graphql under graphql/operations")
    ast = parse(text)
    if wrong := [error.message for error in validate(SCHEMA, ast)] or list(_unfit(ast, name)):
        raise UnfitDocument(f"{name}.graphql: " + "; ".join(wrong))
    return understood(ast, text)


def by_id(id: str) -> Document | None:
    """Give the trusted document of this id, if there is one."""
    name = ids().get(id)
    return named(name) if name else None


def _unfit(ast: DocumentNode, name: str) -> Iterator[str]:
    operations = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) != 1:
        yield "one operation a document"
    for operation in operations:
        if not operation.name or operation.name.value != name.partition("@")[0]:
            yield "the operation has the name of the file"
        if operation.operation is OperationType.MUTATION:
            yield from _unfit_mutation(operation)


def _unfit_mutation(operation: OperationDefinitionNode) -> Iterator[str]:
    selections = operation.selection_set.selections
    act = _act(operation)
    if len(selections) != 1 or act is None:
        yield "one mutation a document"
    elif not any(argument.name.value == KEY_ARGUMENT for argument in act.arguments):
        yield f"a mutation hands on its {KEY_ARGUMENT}"


def root(kind: OperationType) -> GraphQLObjectType | None:
    """Give the root type of an operation."""
    return SCHEMA.get_root_type(kind)
