"""Action: what a mutation is here. One transaction, `problems` for what can be put right, one key a try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import graphene
from graphene.utils.props import props

from api.errors import problem_data
from api.viewer import Viewer
from core import db
from core.errors import Rejected

F = TypeVar("F", bound=Callable[..., Any])
REJECTED = "door.rejected"
UNSETTLED = "door.unsettled"


class Problem(graphene.ObjectType):
    """One thing the person can put right."""

    code = graphene.String(required=True, description="Stable name of the problem.")
    field = graphene.String(description="The input it belongs to.")
    message = graphene.String(required=True, description="What is the matter, in plain Chinese.")
    remedy = graphene.String(required=True, description="What to do about it.")


class Action(graphene.Mutation):
    """Do one thing. Subclasses name `Arguments` and payload fields, and say how in `act(viewer, **arguments)`.

    The payload's own fields are nullable: they are empty where there are problems.
    """

    class Meta:
        abstract = True

    remembered: ClassVar[bool] = True  # False: the answer holds a secret and must not be stored
    takes_key: ClassVar[bool] = False  # True: the use case knows by itself what it did for a key
    ahead: ClassVar[Callable[..., Any] | None] = None  # asks outside before the unit of work: see `viewer.outside`

    problems = graphene.List(
        graphene.NonNull(Problem),
        required=True,
        description="What to put right, all at once. Nothing was kept if there is any.",
    )

    @classmethod
    def __init_subclass_with_meta__(cls, arguments: Any = None, **options: Any) -> None:
        """Add the key to the arguments, and `problems` to the payload."""
        given = arguments or props(getattr(cls, "Arguments", type("Arguments", (), {})))
        for argument in given.values():
            if isinstance(argument, graphene.InputObjectType):
                argument.kwargs.setdefault("description", type(argument)._meta.description)  # noqa: SLF001  # graphene's own way
        key = graphene.String(
            required=True,
            description="A fresh random key for each try the person means: 16 to 64 letters, digits, - or _.",
        )

        def resolve(_root: Any, info: Any, *, idempotency_key: str, **values: Any) -> Any:
            if cls.takes_key:
                values["key"] = idempotency_key
            try:
                payload = cls.act(info.context, **values)
            except Rejected as rejected:
                db.session().info[REJECTED] = True
                return cls(problems=[problem_data(problem) for problem in rejected.problems])
            if payload.problems:
                db.session().info[UNSETTLED] = (
                    True  # what was done is kept, the answer is not: it may be better next time
                )
            return payload

        resolve.action = cls  # type: ignore[attr-defined]  # the door looks at `remembered`
        super().__init_subclass_with_meta__(resolver=resolve, arguments={**given, "idempotency_key": key}, **options)

    @classmethod
    def act(cls, viewer: Viewer, *_: Any, **values: Any) -> Any:
        """Do it, and give the payload."""
        raise NotImplementedError

    def resolve_problems(payload, _info: Any) -> list[Any]:
        """Give the problems, none where all is well."""
        return payload.problems or []


def recorded(resolver: F) -> F:
    """Mark a resolver whose reading is written down: the door runs such a query in a transaction that writes."""
    resolver.recorded = True  # type: ignore[attr-defined]
    return resolver
