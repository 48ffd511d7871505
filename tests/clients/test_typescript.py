"""What the client does by itself: its own tests, in Node; and that it is what the contract says, for every app."""

import re

from tests.clients.conftest import CLIENT, ROOT

GENERATED = CLIENT / "src" / "generated"


def test_does_what_its_own_tests_say(compiled):
    done = compiled.run("--test", *sorted((CLIENT / "tests").glob("*.test.mjs")))

    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"^(?:#|ℹ) pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 60


def test_is_made_from_the_contract_as_it_stands(compiled):
    done = compiled.run(CLIENT / "generate.mjs", "--check")

    assert done.returncode == 0, done.stderr


def test_a_stale_client_is_told(compiled, tmp_path):
    here = tmp_path / "clients" / "typescript"
    (here / "src" / "generated").mkdir(parents=True)
    (tmp_path / "graphql" / "operations" / "miniprogram").mkdir(parents=True)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "graphql" / "schema.graphql").write_text("type Query { matters: [String!]! }")
    document = tmp_path / "graphql" / "operations" / "miniprogram" / "Matters.graphql"
    document.write_text("query Matters { matters }\n")
    (here / "generate.mjs").write_text((CLIENT / "generate.mjs").read_text())

    assert compiled.run(here / "generate.mjs", "--check").returncode == 1
    assert compiled.run(here / "generate.mjs").returncode == 0
    assert compiled.run(here / "generate.mjs", "--check").returncode == 0
    document.write_text("query Matters { all: matters }\n")
    told = compiled.run(here / "generate.mjs", "--check")
    assert (told.returncode, "make contract WRITE=1" in told.stderr) == (1, True)


def test_needs_nothing_a_mini_program_lacks():
    """No dependencies, no `eval`, nothing of Node; nor what old telephones choke on."""
    sources = [path for path in (CLIENT / "src").rglob("*.ts") if path.parent != GENERATED]
    words = {path.name: path.read_text(encoding="utf-8") for path in sources}

    outside = {name: re.findall(r'from "([^."][^"]*)"', text) for name, text in words.items()}
    assert {name: found for name, found in outside.items() if found} == {}
    lacking = r"\beval\b|new Function|\bBuffer\b|\bprocess\.|\brequire\(|TextEncoder|\(\?<[=!]|import\("
    assert {name: found for name, text in words.items() if (found := re.findall(lacking, text))} == {}
    assert len(words) > 15


def test_files_of_the_client_stay_small():
    files = [path for path in [*CLIENT.rglob("*.ts"), *CLIENT.rglob("*.mjs")] if "dist" not in path.parts]

    assert {p.name: n for p in files if p.parent != GENERATED and (n := p.read_text().count("\n")) > 300} == {}
