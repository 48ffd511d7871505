"""Documents that nobody would think of writing, asked of things with something odd about them."""

import json
import random
from datetime import UTC, datetime
from enum import StrEnum
from types import SimpleNamespace

import graphene
from graphql import execute, get_named_type, is_leaf_type, parse, validate

from api import schema
from api.documents import understood
from api.given import Unexpected
from api.prepared import prepare
from api.scalars import Date, DateTime, enum_of
from core.errors import NotFound

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
DEEPEST = 4


class Mood(StrEnum):
    """How it feels."""

    GOOD = "good"
    BAD = "bad"


Moods = enum_of(Mood, "Moods.", {Mood.GOOD: "Good.", Mood.BAD: "Bad."})


class Thing(graphene.ObjectType):
    """A thing with values of every kind."""

    id = graphene.ID(required=True)
    text = graphene.String()
    needed = graphene.String(required=True)
    number = graphene.Int()
    count = graphene.Int(required=True)
    part = graphene.Float()
    flag = graphene.Boolean(required=True)
    at = DateTime()
    on = Date(required=True)
    mood = Moods()
    moods = graphene.List(graphene.NonNull(Moods))
    one = graphene.Field(lambda: Thing)
    items = graphene.List(lambda: Thing)
    things = graphene.List(graphene.NonNull(lambda: Thing), required=True, first=graphene.Int(default_value=1))
    said = graphene.String(word=graphene.String(), loud=graphene.Boolean(default_value=False), mood=Moods())
    gone = graphene.String()

    def resolve_things(self, info, first):
        return info.context[:first]

    def resolve_said(self, info, loud, word="nothing", mood=None):
        return f"{info.field_name} {word} {mood}{'!' if loud else '.'}"

    def resolve_gone(self, info):
        if len(info.context) > 2:
            raise NotFound("row_missing")


class Everything:
    class Queries(graphene.ObjectType):
        thing = graphene.Field(Thing, mood=graphene.Argument(Moods, required=True))
        nothing = graphene.Field(Thing)
        things = graphene.List(graphene.NonNull(Thing), required=True, first=graphene.Int(required=True))

        def resolve_thing(self, info, mood):
            return info.context[0] if mood is Mood.GOOD or mood == "good" else None

        def resolve_things(self, info, first):
            return tuple(info.context[:first])


SCHEMA = schema.build((Everything,))
ODD = [None, "2", 2**31, True, 1.5, Mood.BAD, "BAD", [], {}, b"bytes", NOON]


class Dice:
    """Throws documents and things."""

    def __init__(self, seed):
        self.dice = random.Random(seed)  # noqa: S311  # nothing is secret here
        self.variables, self.fragments = {}, []

    def asked(self):
        """Write a document, and values for its variables."""
        self.variables, self.fragments = {}, []
        body = self._selection(SCHEMA.query_type, 0)
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in self.variables.items())
        text = " ".join([f"query Q({declared})" if declared else "query Q", body, *self.fragments])
        return text, {name: value for name, (_, value) in self.variables.items() if value is not None}

    def things(self):
        """Make things: dicts or objects, some with something odd about them."""
        return [self._thing(0) for _ in range(self.dice.randint(1, 3))]

    def _thing(self, depth):
        below = [self._thing(depth + 1) for _ in range(2)] if depth < 2 else []
        values = {"id": depth, "text": "一", "needed": "x", "number": 3, "count": 0, "part": 1, "flag": True}
        values |= {"at": NOON, "on": NOON.date(), "mood": Mood.GOOD, "moods": [Mood.GOOD, "bad"]}
        values |= {"one": below[0] if below else None, "items": [*below, None]}
        if self.dice.random() < 0.15:
            values[self.dice.choice(list(values))] = self.dice.choice(ODD)
        if self.dice.random() < 0.05:
            del values[self.dice.choice(list(values))]
        return values if self.dice.random() < 0.5 else SimpleNamespace(**values)

    def _selection(self, kind, depth):
        fit = [name for name, one in kind.fields.items() if depth < DEEPEST or is_leaf_type(get_named_type(one.type))]
        names = self.dice.choices(fit, k=self.dice.randint(1, 5))
        chosen = [self._field(kind.fields[name], name, f"a{depth}{place}", depth) for place, name in enumerate(names)]
        if self.dice.random() < 0.1:
            chosen.append("__typename")
        written = " ".join(chosen)
        if self.dice.random() < 0.15:
            return f"{{ ... on {kind.name} {{ {written} }} }}"
        if self.dice.random() < 0.15:
            self.fragments.append(f"fragment f{len(self.fragments)} on {kind.name} {{ {written} }}")
            return f"{{ ...f{len(self.fragments) - 1} }}"
        return f"{{ {written} }}"

    def _field(self, field, name, alias, depth):
        kind = get_named_type(field.type)
        below = "" if is_leaf_type(kind) else self._selection(kind, depth + 1)
        given = [self._argument(one, argument.type) for one, argument in field.args.items() if self._is_given(argument)]
        return f"{alias}: {name}{'(' + ', '.join(given) + ')' if given else ''} {below}"

    def _is_given(self, argument):
        return str(argument.type).endswith("!") or self.dice.random() < 0.6

    def _argument(self, name, kind):
        dice = self.dice
        value = {"Int": dice.randint(0, 3), "Boolean": dice.random() < 0.5, "String": "word"}.get(str(kind).strip("!"))
        if value is None:
            value = dice.choice(["GOOD", "BAD"])
        if dice.random() < 0.4:
            variable = f"v{len(self.variables)}"
            left_out = dice.random() < 0.2 and not str(kind).endswith("!")
            self.variables[variable] = (str(kind), None if left_out else value)
            return f"{name}: ${variable}"
        return f"{name}: {value if name == 'mood' else json.dumps(value)}"


def compared(seed):
    """Ask once both ways. Say whether it was answered quickly; raise where the answers differ."""
    dice = Dice(seed)
    (text, variables), things = dice.asked(), dice.things()
    ast = parse(text)
    assert validate(SCHEMA, ast) == [], text
    expected = execute(SCHEMA, ast, context_value=things, variable_values=variables)
    try:
        answer = prepare(SCHEMA, understood(ast, text)).answer(things, variables)
    except (Unexpected, NotFound):
        return False
    assert expected.errors is None, (seed, text, expected.errors)
    assert json.dumps(answer, default=repr) == json.dumps(expected.data, default=repr), (seed, text)
    return True
