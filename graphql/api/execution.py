"""Run documents: reads in a reading unit of work, everything that writes in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import ExecutionResult, GraphQLError
from graphql import execute as graphql_execute
from graphql.execution.values import get_argument_values, get_variable_values

from api import documents, errors, limits
from api.documents import Document
from api.given import Unexpected
from api.mutation import REJECTED, UNSETTLED
from api.prepared import Prepared, prepare
from api.schema import SCHEMA
from api.viewer import Viewer
from core import db, idempotency
from core.errors import Malformed, Refusal, Unavailable

Data = dict[str, Any]
_ready: dict[str, Prepared | None] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What HTTP hands out: data, and errors in the shape of the contract."""

    data: Data | None
    errors: list[dict[str, Any]] = field(default_factory=list)


class _RolledBack(Exception):
    """There are problems to put right: the answer stands, nothing is kept."""

    def __init__(self, data: Data) -> None:
        super().__init__()
        self.data = data


def run(viewer: Viewer, document_name: str, /, **variables: Any) -> Data:
    """Run a trusted document in process; native values come out.

    A refusal leaves as it was raised, and nothing is kept. `problems` come as data, and nothing is kept either.
    """
    limits.plain(variables)
    document = documents.named(document_name)
    if document.writes:
        return _written(viewer, document, variables)
    try:
        return _quickly(viewer, document, variables)
    except Unexpected:
        pass  # graphql-core says what is the matter
    with db.looking():
        return _whole(_result(viewer, document, variables))


def _quickly(viewer: Viewer, document: Document, variables: Mapping[str, Any]) -> Data:
    quick = _prepared(document)
    if quick is None:
        raise Unexpected
    with db.looking():
        return quick.answer(viewer, variables)


def _prepared(document: Document) -> Prepared | None:
    """Give a trusted document prepared for quick answers, once."""
    if document.id not in _ready:
        _ready[document.id] = prepare(SCHEMA, document)
    return _ready[document.id]


def execute(viewer: Viewer, document: Document, variables: Mapping[str, Any]) -> Answer:
    """Run a document for HTTP: never raises, every error is written in the shape of the contract."""
    try:
        if document.writes:
            return Answer(_written(viewer, document, variables))
        return _read(viewer, document, variables)
    except Refusal as refusal:
        return Answer(None, [errors.of_refusal(refusal, _path(document, refusal))])
    except Exception as fault:  # noqa: BLE001  # the edge: whatever it is, the caller gets a number to quote
        return Answer(None, [errors.of_fault(fault)])


def _read(viewer: Viewer, document: Document, variables: Mapping[str, Any]) -> Answer:
    if document.id in documents.ids():
        try:
            return Answer(_quickly(viewer, document, variables))
        except Unavailable:
            raise
        except (Unexpected, Refusal):
            pass  # graphql-core answers in part
    with db.looking():
        return _partly(_result(viewer, document, variables))


def _partly(result: ExecutionResult) -> Answer:
    """Let a query answer in part: a refusal empties its field; a fault, the whole answer."""
    refused = []
    for error in result.errors or ():
        cause = _cause(error)
        if not isinstance(cause, Refusal):
            raise cause
        refused.append(errors.of_refusal(cause, error.path))
    return Answer(result.data, refused)


def _path(document: Document, refusal: Refusal) -> list[str | int] | None:
    if document.act is None or isinstance(refusal, Malformed):
        return None
    return [(document.act.alias or document.act.name).value]


def _result(viewer: Viewer, document: Document, variables: Mapping[str, Any]) -> ExecutionResult:
    result = graphql_execute(
        SCHEMA,
        document.ast,
        context_value=viewer,
        variable_values=dict(variables),
        is_awaitable=_never,
    )
    assert isinstance(result, ExecutionResult)  # noqa: S101  # nothing here is awaited
    return result


def _never(_value: object) -> bool:
    return False


def _whole(result: ExecutionResult) -> Data:
    if result.errors:
        raise _cause(result.errors[0])
    return result.data or {}


def _cause(error: GraphQLError) -> BaseException:
    cause: BaseException = error
    while isinstance(cause, GraphQLError):
        if cause.original_error is None:
            return Malformed("input_malformed", detail=cause.message.split(" Did you mean ", 1)[0])
        cause = cause.original_error
    return cause


def _written(viewer: Viewer, document: Document, variables: Mapping[str, Any]) -> Data:
    try:
        if document.act is None:
            return db.keep(lambda: _kept(viewer, document, variables))
        key = idempotency.judged(document.key(variables))
        viewer = _informed(viewer, document, variables)
        if not document.remembered:
            return db.keep(lambda: _kept(viewer, document, variables))
        digest = idempotency.digest(document.id, document.input(variables))
        return db.keep(lambda: _once(viewer, document, variables, key, digest))
    except _RolledBack as rejected:
        return rejected.data


def _informed(viewer: Viewer, document: Document, variables: Mapping[str, Any]) -> Viewer:
    """Let an act ask somebody outside first: a network is never waited for with the database held."""
    if document.ahead is None or document.act is None or SCHEMA.mutation_type is None:
        return viewer
    given = get_variable_values(SCHEMA, document.operation.variable_definitions, dict(variables))
    if isinstance(given, list):
        return viewer  # the act itself says what is wrong with them
    asked = SCHEMA.mutation_type.fields[document.act.name.value]
    arguments = get_argument_values(asked, document.act, given)
    arguments.pop("idempotency_key")
    return replace(viewer, outside=document.ahead(viewer, **arguments))


def _once(viewer: Viewer, document: Document, variables: Mapping[str, Any], key: str, digest: str) -> Data:
    owner = owner_of(viewer)
    answered = idempotency.claim(owner, key, operation=document.name, digest=digest, now=viewer.now)
    if answered is not None:
        return dict(answered)
    data = _kept(viewer, document, variables)
    if db.session().info.pop(UNSETTLED, None):
        idempotency.release(owner, key)
    else:
        idempotency.remember(owner, key, data)
    return data


def _kept(viewer: Viewer, document: Document, variables: Mapping[str, Any]) -> Data:
    data = _whole(_result(viewer, document, variables))
    if db.session().info.get(REJECTED):
        raise _RolledBack(data)
    return data


def owner_of(viewer: Viewer) -> str:
    """Say whose keys these are: keys are per person."""
    actor = viewer.actor
    return f"{actor.kind}:{actor.id}" if actor.id else "anyone"
