"""What is prepared answers what graphql-core answers, or leaves it to graphql-core."""

from datetime import UTC, datetime
from enum import StrEnum

import graphene
import pytest
from graphql import execute, parse, validate

from api import documents, schema
from api.documents import understood
from api.given import Unexpected
from api.prepared import prepare
from api.scalars import Date, DateTime, enum_of
from core.errors import Malformed, NotFound
from tests.api import dice


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


Colours = enum_of(Colour, "Colours.", {Colour.RED: "Red.", Colour.BLUE: "Blue."})


class Node(graphene.Interface):
    """Has an id."""

    id = graphene.ID()


class Leaf(graphene.ObjectType):
    """A thing with values of every kind."""

    class Meta:
        interfaces = (Node,)

    text = graphene.String()
    needed = graphene.String(required=True)
    number = graphene.Int()
    part = graphene.Float()
    flag = graphene.Boolean()
    at = DateTime()
    on = Date(required=True)
    colour = Colours()
    colours = graphene.List(graphene.NonNull(Colours))
    leaves = graphene.List(graphene.NonNull(lambda: Leaf), first=graphene.Int(default_value=1))
    said = graphene.String(word=graphene.String(), loud=graphene.Boolean(default_value=False))
    gone = graphene.String()

    def resolve_said(self, info, loud, word="nothing"):
        assert info.field_name == "said"
        return f"{word}{'!' if loud else '.'}{info.context}"

    def resolve_leaves(self, _info, first):
        return [VALUES] * first

    def resolve_gone(self, _info):
        raise NotFound("row_missing")


VALUES = {
    "id": 7,
    "text": "一",
    "needed": "x",
    "number": 3,
    "part": 1,
    "flag": True,
    "colour": "red",
    "at": datetime(2026, 11, 23, tzinfo=UTC),
    "on": datetime(2026, 11, 23, tzinfo=UTC).date(),
    "colours": [Colour.RED, "blue", "RED"],
}


class Everything:
    class Queries(graphene.ObjectType):
        leaf = graphene.Field(Leaf, required=True)
        nothing = graphene.Field(Leaf)
        bare = graphene.Field(Leaf, required=True)
        node = graphene.Field(Node)
        flags = graphene.List(graphene.Boolean, of=graphene.List(graphene.Boolean))
        odd = graphene.Int()

        def resolve_leaf(self, _info):
            return VALUES

        def resolve_nothing(self, _info):
            return None

        def resolve_bare(self, _info):
            return Leaf(number=2**31, needed=Colour.BLUE, flag=True)

        def resolve_node(self, _info):
            return Leaf(id=1)

        def resolve_flags(self, _info, of=()):
            return (flag for flag in of) if len(of) > 2 else list(of)

        def resolve_odd(self, _info):
            return "no number"


SCHEMA = schema.build((Everything,))
CONTEXT = "context"


def prepared(text):
    ast = parse(text)
    assert validate(SCHEMA, ast) == []
    return prepare(SCHEMA, understood(ast, text))


def by_core(text, variables):
    return execute(SCHEMA, parse(text), context_value=CONTEXT, variable_values=variables)


SAME = [
    ("{ leaf { id text needed number part flag at on colour colours __typename } }", {}),
    ("{ leaf { a: text b: text text text } again: leaf { needed } nothing { needed } }", {}),
    ("{ leaf { leaves { text leaves(first: 3) { id } } } }", {}),
    ("query($n: Int) { leaf { leaves(first: $n) { id } } }", {"n": 2}),
    ("query($n: Int) { leaf { leaves(first: $n) { id } } }", {}),
    ("query($n: Int = 4) { leaf { leaves(first: $n) { id } } }", {}),
    ("query($w: String, $l: Boolean!) { leaf { said(word: $w, loud: $l) } }", {"w": "go", "l": True}),
    ("query($w: String, $l: Boolean!) { leaf { said(word: $w, loud: $l) } }", {"l": False, "other": 1}),
    ('{ leaf { said(word: "go") } }', {}),
    (
        """{ leaf { ...a ... { text } ... on Leaf { flag } } }
        fragment a on Leaf { text leaves { ...b } } fragment b on Leaf { id }""",
        {},
    ),
    ("{ leaf { leaves { text } leaves { flag } } }", {}),
    ("{ flags(of: [true, false]) }", {}),
    ("query($of: [Boolean]) { flags(of: $of) }", {"of": [True, None]}),
    ("{ bare { needed flag } }", {}),
]


@pytest.mark.parametrize(("text", "variables"), SAME)
def test_answers_the_same(text, variables):
    expected = by_core(text, variables)

    answer = prepared(text).answer(CONTEXT, variables)

    assert expected.errors is None
    assert answer == expected.data
    assert list(answer) == list(expected.data)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{ bare { on } }", {}),
        ("{ bare { number } }", {}),
        ("{ odd }", {}),
        ("query($of: [Boolean]) { flags(of: $of) }", {"of": [True, True, True]}),
    ],
)
def test_leaves_the_unexpected_to_the_executor(text, variables):
    with pytest.raises(Unexpected):
        prepared(text).answer(CONTEXT, variables)


@pytest.mark.parametrize(
    "text",
    [
        "query($x: Boolean!) { leaf { text @include(if: $x) } }",
        "{ node { id } }",
        "{ leaf { ... on Node { id } } }",
        "query($x: Boolean) { flags(of: [$x]) }",
        "{ __schema { queryType { name } } }",
    ],
)
def test_prepares_nothing_it_does_not_know_by_heart(text):
    assert prepared(text) is None


def test_answers_the_same_whatever_the_dice_ask():
    answered = sum(dice.compared(seed) for seed in range(200))

    assert answered > 100  # the rest have something odd about them: that is graphql-core's


def test_prepares_nothing_that_is_too_deep_to_write():
    text = "{ leaf " + "{ leaves " * 20 + "{ id }" + " }" * 21

    assert prepared(text) is None


def test_lets_refusals_through():
    with pytest.raises(NotFound):
        prepared("{ leaf { gone } }").answer(CONTEXT, {})


@pytest.mark.parametrize("variables", [{"n": "2"}, {"n": 2**31}, {"n": True}])
def test_refuses_variables_that_do_not_fit(variables):
    with pytest.raises(Malformed):
        prepared("query($n: Int) { leaf { leaves(first: $n) { id } } }").answer(CONTEXT, variables)


def test_answers_in_process_and_over_http_alike(door, served, viewer):
    body = {"documentId": documents.digest(documents.texts()["Rows"]), "variables": {"first": 3}}

    assert served().post("/graphql", json=body).json["data"] == door(viewer, "Rows", first=3)
