"""What apps in people's hands were built on: the contracts and documents of the last two releases (FEATURES E17).

Their documents stay on the list, and what they ask for only grows: what goes was deprecated in a release, with a day,
and the day is past. A reason reads "2027-05-01: use `caseFile`". What our own pages alone ask for comes with them.
"""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graphql import (
    BreakingChange,
    FieldNode,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    find_breaking_changes,
    get_named_type,
    lexicographic_sort_schema,
    parse,
    print_ast,
    print_schema,
    visit,
)

FOLDER = Path(__file__).parent.parent / "released"
KEPT = 2
DATED = re.compile(r"(\d{4}-\d{2}-\d{2}): .+")
NAMED = re.compile(r"^(\w+)\.(\w+)")
WORDS = re.compile(r"\w+(?:\.\w+)?")


def folders() -> list[Path]:
    """Give the folders of the releases that are kept, the earliest first."""
    return sorted((one for one in FOLDER.iterdir() if one.name.isdigit()), key=lambda one: int(one.name))


@functools.cache
def texts() -> Mapping[str, str]:
    """Read the documents of the releases: `Name@release` → text."""
    return {
        f"{path.stem}@{folder.name}": path.read_text(encoding="utf-8")
        for folder in folders()
        for path in sorted((folder / "documents").glob("*.graphql"))
    }


def broken(schema: GraphQLSchema, *, today: date) -> list[str]:
    """Say what the contract took from apps of a release that they had not been told of in time."""
    found, now = [], build_schema(print_schema(schema))  # both read from text, to be compared as equals
    for folder in folders():
        before = build_schema((folder / "schema.graphql").read_text(encoding="utf-8"))
        used = _used(before, folder)
        changes = (one for one in find_breaking_changes(before, now) if _is_about(one, used))
        found += [f"release {folder.name}: {one.description}" for one in changes if not _is_due(before, one, today)]
    return found


def undated(schema: GraphQLSchema) -> list[str]:
    """Name what is deprecated without a day."""
    return [name for name, reason in deprecations(schema) if not DATED.fullmatch(reason)]


def deprecations(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Give what is deprecated, as `Type.field`, and why."""
    for kind in schema.type_map.values():
        parts: Mapping[str, Any] = {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}
        for name, part in parts.items():
            if part.deprecation_reason is not None:
                yield f"{kind.name}.{name}", part.deprecation_reason


def keep(schema: GraphQLSchema, documents: Path) -> Path:
    """Keep the contract and the documents of a folder as the next release; the earliest goes."""
    there = folders()
    made = FOLDER / str(int(there[-1].name) + 1 if there else 1)
    (made / "documents").mkdir(parents=True)
    (made / "schema.graphql").write_text(_bare(schema), encoding="utf-8")
    for path in sorted(documents.glob("*.graphql")):
        shutil.copyfile(path, made / "documents" / path.name)
    for old in folders()[:-KEPT]:
        shutil.rmtree(old)
    return made


class _Uses(Visitor):
    """Notes every field, and every type of values, that a document asks for or gives."""

    def __init__(self, types: TypeInfo, used: set[str]) -> None:
        super().__init__()
        self.types, self.used = types, used

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent, field = self.types.get_parent_type(), self.types.get_field_def()
        if parent and field:
            self.used |= {f"{parent.name}.{node.name.value}", get_named_type(field.type).name}
            for argument in field.args.values():
                self._give(get_named_type(argument.type))

    def _give(self, kind: Any) -> None:
        """Note what may be given, down to the last input."""
        if kind.name not in self.used:
            self.used.add(kind.name)
            for name, field in getattr(kind, "fields", {}).items():
                self.used.add(f"{kind.name}.{name}")
                self._give(get_named_type(field.type))


def _used(schema: GraphQLSchema, folder: Path) -> set[str]:
    """Name what the documents of a release ask for: `Type.field` of answers, `Type` of choices and of what is given."""
    used: set[str] = set()
    for path in sorted((folder / "documents").glob("*.graphql")):
        types = TypeInfo(schema)
        visit(parse(path.read_text(encoding="utf-8")), TypeInfoVisitor(types, _Uses(types, used)))
    return used


def _is_about(change: BreakingChange, used: set[str]) -> bool:
    """Say whether a change takes something from these documents."""
    words = set(WORDS.findall(change.description))
    fields = {one for one in words if "." in one}
    return bool((fields or words) & used)


def _is_due(before: GraphQLSchema, change: BreakingChange, today: date) -> bool:
    """Say whether a release had said that this would go, and from when on."""
    named = NAMED.match(change.description)
    reason = dict(deprecations(before)).get(f"{named[1]}.{named[2]}", "") if named else ""
    dated = DATED.fullmatch(reason)
    return dated is not None and date.fromisoformat(dated[1]) <= today


class _Words(Visitor):
    """Leaves descriptions out: what counts is what may be asked."""

    def enter(self, node: Any, *_: Any) -> None:
        if getattr(node, "description", None) is not None:
            node.description = None


def _bare(schema: GraphQLSchema) -> str:
    ast = parse(print_schema(lexicographic_sort_schema(schema)), no_location=True)
    visit(ast, _Words())
    return print_ast(ast) + "\n"
