"""A small contract of its own, to try the door with: what it keeps are errands, what it reads are figures."""

# ruff: noqa: A002, ARG002, ARG003, N805  (written like graphql/api, which has the same exceptions)
import graphene
from sqlalchemy import func, select

from api import lookahead, paging
from api.errors import problem_data
from api.mutation import Action, recorded
from api.scalars import Date, DateTime, Time
from core import outbox
from core.db import fresh_id, session
from core.errors import Conflict, NotFound, Problem, checklist


class Row(graphene.ObjectType):
    """A row."""

    name = graphene.String(required=True, description="Its name.")
    rows = graphene.Field(lambda: Rows, first=graphene.Int(required=True), description="Rows below.")

    def resolve_rows(row, _info, first):
        rows = [Row(name=f"{row.name}.{number}") for number in range(paging.judged(first))]
        return paging.Page(rows, total_count=first)


Rows = paging.connection(Row, "A page of rows.", name="Rows", total=True)


class Queries(graphene.ObjectType):
    """What can be asked."""

    rows = paging.paged(Rows, "Rows.", plain=graphene.Boolean())
    plain = graphene.List(graphene.NonNull(Row), description="A list without pages.")
    kept = graphene.Int(required=True, description="How many errands there are.")
    whispered = graphene.Int(required=True, description="Reading it leaves an errand.")
    missing = graphene.String(description="Never there.")
    broken = graphene.String(description="A fault of ours.")
    below = graphene.Field(Rows, first=graphene.Int(required=True), description="Tells what is selected, as rows.")

    def resolve_rows(_root, _info, first, after=None, plain=None):
        position = paging.place(after)
        start = position[0] if position else 0
        rows = [Row(name=str(number)) for number in range(start, 5)][: paging.judged(first) + 1]
        return paging.page_of(rows, first, lambda row: (int(row.name) + 1,), lambda: 5)

    def resolve_plain(_root, _info):
        return [Row(name="one")]

    def resolve_kept(_root, _info):
        return session().scalar(select(func.count()).select_from(outbox.Errand))

    @recorded
    def resolve_whispered(_root, info):
        outbox.put("door.whispered", due_at=info.context.now)
        return 1

    def resolve_missing(_root, _info):
        raise NotFound("row_missing")

    def resolve_broken(_root, _info):
        raise ZeroDivisionError("secret words")

    def resolve_below(_root, info, first):
        return paging.Page([Row(name=name) for name in lookahead.selected(info, "nodes")])


class LeaveInput(graphene.InputObjectType):
    """What to leave."""

    name = graphene.String(required=True, description="Its name.")
    place = graphene.String(description="One errand a place.")
    at = DateTime(description="A moment.")


class Leave(Action):
    """Leave an errand."""

    class Arguments:
        input = LeaveInput(required=True)

    reference = graphene.String(description="Another one each time.")
    at = DateTime(description="When.")
    on = Date(description="Which day.")
    clock = Time(description="What time of day.")

    @classmethod
    def act(cls, viewer, input):
        key = f"place:{input['place']}" if input.get("place") else None
        outbox.put("door.left", due_at=viewer.now, key=key)
        session().flush()
        if input["name"] == "full":
            raise Conflict("round_full")
        if input["name"] == "fault":
            raise ZeroDivisionError("secret words")
        with checklist() as check:
            check.require(input["name"].strip(), "name_missing", "name")
        if input["name"] == "hesitant":
            return cls(problems=[problem_data(Problem("code_wrong", "name"))])
        at = input.get("at") or viewer.now
        return cls(reference=fresh_id(), at=at, on=at.date(), clock=at.time().replace(tzinfo=None))


class Whisper(Action):
    """Give a secret that must not be stored."""

    remembered = False

    secret = graphene.String(description="A fresh one each time.")

    @classmethod
    def act(cls, viewer):
        return cls(secret=fresh_id())


class Mutations(graphene.ObjectType):
    """What can be done."""

    leave = Leave.Field()
    whisper = Whisper.Field()


DOCUMENTS = {
    "Leave": """mutation Leave($input: LeaveInput!, $idempotencyKey: String!) {
        leave(input: $input, idempotencyKey: $idempotencyKey) {
            reference at on clock problems { code field message remedy } } }""",
    "Whisper": "mutation Whisper($k: String!) { whisper(idempotencyKey: $k) { secret } }",
    "Kept": "query Kept { kept }",
    "Whispered": "query Whispered { whispered }",
    "Rows": """query Rows($first: Int!, $after: String) {
        rows(first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } totalCount } }""",
    "Missing": "query Missing { kept missing }",
    "Broken": "query Broken { broken }",
}
