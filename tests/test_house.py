"""Rules of the house that no linter knows."""

import ast
import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

from core import jobs
from tests import source
from tests.source import ROOT

EDGES = {  # the one thing an edge may do that nobody else may: look at the clock
    "core/jobs.py",  # the worker
    *(f"{slice_}/commands.py" for slice_ in source.SLICES),
}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 40, 150


def test_only_the_core_ends_a_transaction():
    found = [
        f"{path}:{call.lineno}"
        for path in source.python(*source.SOURCES)
        for call, name in source.calls(path)
        if name.endswith(".commit")
    ]

    assert [
        place for place in found if not place.startswith(("core/db.py:", "core/engines.py:", "core/turns.py:"))
    ] == []
    assert (
        len(found) == 4
    )  # of a unit of work; of a batch, and what that is; and the driver's, where something only read


def test_nobody_below_the_edge_looks_at_the_clock():
    found = [
        f"{path}:{call.lineno} {name}"
        for path in source.python("core", *source.SLICES)
        for call, name in source.calls(path)
        if str(path) not in EDGES and any(name.endswith(clock) for clock in CLOCKS)
    ]

    assert found == []


def is_open(function):
    return any("open_to" in source.dotted(getattr(one, "func", one)) for one in function.decorator_list)


def use_cases():
    """Give what somebody can do: public functions that take an actor first, say a moment, and that faces call."""
    called = {name.split(".")[-1] for path in source.python(*source.FACES) for _, name in source.calls(path)}
    for path in source.python(*source.SLICES):
        if path.name in {"queries.py", "policy.py"}:
            continue
        for node in source.tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                taken = [*node.args.posonlyargs, *node.args.args]
                if (
                    taken
                    and taken[0].arg == "actor"
                    and (path.name == "service.py" or (says_now(node) and node.name in called))
                ):
                    yield path, node


def says_now(function):
    return any(taken.arg == "now" for taken in function.args.kwonlyargs)


def test_every_use_case_says_whom_it_is_open_to():
    cases = list(use_cases())

    assert [f"{path}:{node.name}" for path, node in cases if not is_open(node)] == []
    assert len(cases) > 5


def test_no_moment_has_a_default():
    found = [
        f"{path}:{function.name}"
        for path in source.python("core", *source.SLICES)
        for function in source.functions(path)
        for taken, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
        if taken.arg == "now" and default is not None
    ]

    assert found == []


def test_the_graphql_folder_is_no_package():
    assert not (ROOT / "graphql" / "__init__.py").exists()
    assert not (ROOT / "tests" / "graphql").exists()
    assert ROOT not in Path(importlib.util.find_spec("graphql").origin).parents or "site-packages" in str(
        importlib.util.find_spec("graphql").origin
    )


@pytest.mark.parametrize("name", [*source.PACKAGES, "wsgi"])
def test_our_names_come_from_this_repository(name):
    origin = Path(importlib.util.find_spec(name).origin)

    assert origin.is_relative_to(ROOT)
    assert "site-packages" not in origin.parts


def test_files_stay_small():
    found = {
        str(path): lines
        for path in source.python()
        if "versions" not in path.parts and (lines := source.words(path).count("\n")) > LONGEST_FILE
    }

    assert found == {}


def test_functions_stay_small():
    found = {
        f"{path}:{function.name}": lines
        for path in source.python(*source.SOURCES, "wsgi.py")
        for function in source.functions(path)
        if (lines := function.end_lineno - function.lineno + 1) > LONGEST_FUNCTION
    }

    assert found == {}


def test_templates_stay_small():
    found = {
        str(path): lines
        for path in source.tracked()
        if path.suffix == ".html" and (lines := source.words(path).count("\n")) > LONGEST_TEMPLATE
    }

    assert found == {}


def refusals():
    """Give the names of the classes that say no."""
    known = {"Refusal", "Rejected"}
    for path in source.python(*source.SOURCES):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.ClassDef) and {source.dotted(base).split(".")[-1] for base in node.bases} & known:
                known.add(node.name)
    return known


def codes():
    """Give every code that is said in our source, with where."""
    kinds = refusals()
    for path in source.python(*source.SOURCES):
        for call, name in source.calls(path):
            place = {"require": 1, "Problem": 0}.get(last := name.split(".")[-1], 0 if last in kinds else None)
            given = call.args[place : place + 1] if place is not None else []
            for code in given:
                for one in (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.value, f"{path}:{call.lineno}"
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.AnnAssign) and source.dotted(node.target) == "default_code":
                yield node.value.value, f"{path}:{node.lineno}"


def catalogue():
    """Give every sentence of the message catalogue, by code; a code stands in one file only."""
    said = {}
    for path in sorted((ROOT / "graphql" / "api" / "messages").glob("*.toml")):
        for code, sentence in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert code not in said, f"{code} is said twice"
            said[code] = sentence
    return said


def test_every_code_has_a_sentence():
    said = catalogue()

    assert {f"{place} {code}" for code, place in codes() if code not in said} == set()


def test_no_sentence_is_orphaned():
    texts = {text for path in source.python(*source.SOURCES) for text in source.constants(path)}
    for path in source.tracked():
        if path.suffix in {".html", ".toml"} and "messages" not in path.parts:
            texts |= set(re.findall(r"[a-z0-9_]+", source.words(path)))
    patterns = [pattern for path in source.python(*source.SOURCES) for pattern in source.patterns(path)]

    orphans = [code for code in catalogue() if code not in texts]
    assert [code for code in orphans if not any(pattern.fullmatch(code) for pattern in patterns)] == []


def test_every_sentence_says_what_to_do_next():
    found = [code for code, said in catalogue().items() if not said.get("text") or not said.get("remedy")]

    assert found == []
    assert [code for code in catalogue() if not re.fullmatch(r"[a-z][a-z0-9_]*", code)] == []


def test_whoever_carries_out_errands_is_there_when_the_service_starts(app):
    said = re.compile(r"^@(?:jobs\.)?(?:handles|recurs)\(\"([^\"]+)\"", re.MULTILINE)
    written = {kind for path in source.python("core", *source.SLICES) for kind in said.findall(source.words(path))}

    assert written
    assert written <= jobs.kinds()
