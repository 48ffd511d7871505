"""What keeps the repository itself true: locks, the list of features, tests that are really run."""

import ast
import csv
import json
import re
import tomllib

from tests import source
from tests.source import ROOT

LOCKS = ("requirements/run.txt", "requirements/test.txt", "requirements/uv.txt")
ELSEWHERE = ("../" + "shared", "/" + "work/", "/" + "root/", "/" + "home/")
STATES = {"done", "partial"}
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".mjs", ".json", ".csv", ".graphql", ".yml", ".mako", ""}


def test_locks_name_versions_and_hashes_and_no_host():
    for name in LOCKS:
        lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]
        assert all(re.match(r"    --hash=sha256:[0-9a-f]{64}|[A-Za-z0-9_.\[\],-]+==\S+", line) for line in lines), name


def test_locks_of_scripts_name_no_host():
    lock = ROOT / "package-lock.json"
    if lock.exists():
        packages = json.loads(lock.read_text())["packages"]
        assert [name for name, package in packages.items() if "resolved" in package] == []
        assert "://" not in lock.read_text()
        assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_nothing_depends_on_where_it_was_made():
    found = [
        f"{path}: {place}"
        for path in source.tracked()
        if path.suffix in TEXT and path.parts[0] != "requirements"
        for place in ELSEWHERE
        if re.search(rf"(?<!\w){re.escape(place)}", source.words(path))  # `pages/home/` is a page, and nobody's folder
    ]

    assert found == []


def files_of_tests():
    return [path for path in source.python("tests") if path.name.startswith("test_")]


def names_in(path):
    return [node.name for node in source.tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_every_file_of_tests_has_tests():
    found = [str(path) for path in files_of_tests() if not any(name.startswith("test_") for name in names_in(path))]

    assert found == []


def test_tests_are_where_they_are_looked_for():
    found = [
        f"{path}:{name}"
        for path in source.python("tests")
        if not path.name.startswith("test_")
        for name in names_in(path)
        if name.startswith("test_")
    ]

    assert found == []


def is_fixture(node):
    return any("fixture" in source.dotted(getattr(one, "func", one)) for one in node.decorator_list)


def test_no_test_is_dead_for_want_of_its_prefix():
    found = []
    for path in files_of_tests():
        used = {node.id for node in ast.walk(source.tree(path)) if isinstance(node, ast.Name)}
        used |= {node.attr for node in ast.walk(source.tree(path)) if isinstance(node, ast.Attribute)}
        found += [
            f"{path}:{node.name}"
            for node in source.tree(path).body
            if isinstance(node, ast.FunctionDef)
            and not node.name.startswith("test_")
            and not is_fixture(node)
            and node.name not in used
        ]

    assert found == []


def features():
    with (ROOT / "docs" / "features.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_feature_names_a_place_and_tests_that_exist():
    rows, wrong = features(), []
    for row in rows:
        if not re.fullmatch(r"[A-G]\d\d", row["id"]) or row["state"] not in STATES:
            wrong.append(f"{row['id']}: id or state")
        wrong += [f"{row['id']}: no {place}" for place in row["where"].split() if not (ROOT / place).exists()]
        wrong += [f"{row['id']}: no test {test}" for test in row["tests"].split() if not is_test(test)]
        wrong += [f"{row['id']}: no {column}" for column in ("where", "tests") if not row[column].strip()]

    assert wrong == []
    assert len({row["id"] for row in rows}) == len(rows)


def is_test(node_id):
    path, _, name = node_id.partition("::")
    if not (ROOT / path).is_file():
        return False
    return not name or name.split("[")[0] in names_in(source.Path(path))


def test_tables_are_private_to_their_slice():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    private = {one["protected_modules"][0]: one["allowed_importers"] for one in contracts if one["type"] == "protected"}
    slices = [
        name for name in source.SLICES if (ROOT / name / "models").exists() or (ROOT / name / "models.py").exists()
    ]

    assert private == {f"{name}.models": [name] for name in slices}
