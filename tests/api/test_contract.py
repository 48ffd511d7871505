import re
import sys
from pathlib import Path

import graphene
import pytest
from click.testing import CliRunner
from graphene.types.enum import EnumMeta
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)

from api import commands, documents, errors, limits, messages, schema
from api.mutation import Action
from core.errors import Problem

TESTS = Path(__file__).parents[1]
OURS = {name: kind for name, kind in schema.SCHEMA.type_map.items() if not name.startswith("__")}
BUILT_IN = {"Boolean", "Float", "ID", "Int", "String"}


def fields():
    for name, kind in OURS.items():
        if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)):
            yield from ((f"{name}.{field}", definition) for field, definition in kind.fields.items())


def test_is_what_is_kept_in_git():
    kept = commands.KEPT.read_text(encoding="utf-8")

    assert kept == schema.sdl(), "the contract has changed: look at it, then `make contract WRITE=1`"


def test_describes_every_type():
    assert [name for name, kind in OURS.items() if name not in BUILT_IN and not kind.description] == []


def test_describes_every_field_and_argument():
    silent = [path for path, field in fields() if not field.description]
    for path, field in fields():
        silent += [f"{path}({name}:)" for name, given in getattr(field, "args", {}).items() if not given.description]

    assert silent == []


def test_describes_every_value():
    enums = [(name, kind) for name, kind in OURS.items() if isinstance(kind, GraphQLEnumType)]

    assert [f"{name}.{value}" for name, kind in enums for value, of in kind.values.items() if not of.description] == []


def test_pages_every_list_that_may_grow():
    """A connection is asked for with `first`, and its nodes are reached no other way."""
    for path, field in fields():
        named = get_named_type(field.type)
        if "pageInfo" in getattr(named, "fields", {}) and isinstance(field.type, GraphQLNonNull):
            assert isinstance(field.args["first"].type, GraphQLNonNull), path


def test_gives_every_mutation_a_key_and_problems():
    mutations = schema.SCHEMA.mutation_type
    for name, field in (mutations.fields if mutations else {}).items():
        assert issubclass(field.resolve.action, Action), name
        assert str(field.args["idempotencyKey"].type) == "String!", name
        assert str(get_named_type(field.type).fields["problems"].type) == "[Problem!]!", name


@pytest.mark.parametrize("name", sorted(documents.texts()))
def test_fits(name):
    document = documents.named(name)

    assert document.name == name


@pytest.mark.parametrize("name", sorted(documents.texts()))
def test_keeps_within_the_limits_of_everybody(name):
    text = documents.texts()[name]

    assert limits.admitted(text, introspection=False).id == documents.digest(text)


def test_runs_every_document_in_a_test():
    tests = "".join(
        path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path.name != Path(__file__).name
    )

    assert [name for name in documents.texts() if not re.search(rf"[\"']{name}[\"']", tests)] == []


def test_has_a_sentence_with_a_remedy_for_every_code_of_the_door():
    for code, said in messages.catalogue().items():
        assert said.text, code
        assert said.text[-1] in "。？！", code


def test_leaves_a_gap_for_a_figure_that_is_missing():
    assert messages.message("limit_depth", {"other": 1}).text == "查询太深，最多 … 层。"


def test_has_words_for_a_code_nobody_wrote_down():
    assert errors.problem_data(Problem("never_heard_of", "name"))["message"]


def test_compares_and_writes_by_command(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "KEPT", tmp_path / "schema.graphql")
    runner = CliRunner()

    assert runner.invoke(commands.contract, ["--check"]).exit_code == 1
    assert runner.invoke(commands.contract, ["--write"]).exit_code == 0
    assert runner.invoke(commands.contract, ["--check"]).exit_code == 0


def test_no_two_enums_share_a_name():
    """The contract would quietly take one of them for both."""
    modules = [module for name, module in sys.modules.items() if name.startswith("api.")]
    enums = {one for module in modules for one in vars(module).values() if isinstance(one, EnumMeta)}
    named = [one._meta.name for one in enums if one is not graphene.Enum]

    assert sorted(name for name in set(named) if named.count(name) > 1) == []
    assert len(named) > 30
