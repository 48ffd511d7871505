"""POST /graphql, and GET for queries: the GraphQL-over-HTTP specification, 61 audits of it in the tests (TRUST G6)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from flask import Blueprint, Flask, Response, request

from api import allowance, asked, documents, errors, execution, limits, tokens, workbench
from api.asked import Asked
from api.documents import Document
from api.execution import Answer
from api.viewer import Viewer
from core import settings
from core.errors import Forbidden, Malformed, NotFound, NotSignedIn, Refusal
from core.identity import ANYONE

door = Blueprint("graphql", __name__)
ALWAYS_SAID = 429  # from here on the status is said in `application/json` too: come back later
OK = 200
ANSWER_BYTES = 1_000_000
WORTH_SQUEEZING = 1_000
SQUEEZED = 5  # of nine: what is more costs more time than it saves bytes


def nobody() -> Viewer:
    """See a stranger in whoever asks."""
    return Viewer(ANYONE, datetime.now(UTC), request.remote_addr or "", "api")


_read_viewer: Callable[[], Viewer] = nobody


def set_viewer_reader(reader: Callable[[], Viewer]) -> None:
    """Say how the viewer is read from a request: from its bearer token, never from a cookie."""
    global _read_viewer  # noqa: PLW0603  # set once, when the service is put together
    _read_viewer = reader


def install(app: Flask) -> None:
    """Open the door."""
    tokens.install(app)
    set_viewer_reader(tokens.viewer_of_request)
    allowance.install(app)
    app.register_blueprint(door)
    now = settings.current()
    if now.any_document and now.introspection:
        app.register_blueprint(workbench.pages)


@door.route("/graphql", methods=["GET", "POST"])
def graphql() -> Response:
    """Answer one document."""
    return _squeezed(_answer())


def _answer() -> Response:
    media = asked.JSON
    try:
        media = asked.media_type(request)
        allowance.enter(request.remote_addr or "")
        return _respond(media, *_answered(asked.read(request)))
    except Refusal as refusal:
        return _refused(media, refusal)
    except limits.UnfitQuery as unfit:
        hints = settings.current().introspection
        wrong = [errors.of_document(error, unfit.code, hints=hints) for error in unfit.wrong]
        return _respond(media, Answer(None, wrong), {}, is_request_error=True)


def _answered(question: Asked) -> tuple[Answer, dict[str, Any]]:
    viewer = _read_viewer()
    document = _document(viewer, question)
    if request.method != "POST" and not limits.is_query(document):
        raise asked.NotAllowed
    if request.method != "POST" and document.is_private:
        raise asked.NotAllowed("position_by_get")
    if question.operation_name and question.operation_name != document.name:
        raise Malformed("operation_unknown")
    nodes = limits.cost(document, question.variables)
    left = allowance.spend(viewer, nodes)
    answer = execution.execute(viewer, document, question.variables)
    return answer, {"nodes": nodes, "limit": limits.NODES, "remaining": left}


def _document(viewer: Viewer, question: Asked) -> Document:
    """Give what is asked for. Who brings a token asks what is on the list, but in development (FEATURES E12)."""
    now = settings.current()
    if question.document_id is not None:
        document = documents.by_id(question.document_id)
        if document is None:
            raise NotFound("document_unknown")
        return document
    if not now.any_document or (viewer.actor.id is not None and now.mode != "development"):
        raise Forbidden("documents_only")
    return limits.admitted(question.query or "", introspection=now.introspection)


def _refused(media: str, refusal: Refusal) -> Response:
    response = _respond(media, Answer(None, [errors.of_refusal(refusal)]), {}, is_request_error=True)
    response.status_code = refusal.status
    return _with_headers(response, refusal)


def _with_headers(response: Response, refusal: Refusal) -> Response:
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, NotSignedIn):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, asked.NotAllowed):
        response.headers["Allow"] = "POST"
    return response


def _respond(media: str, answer: Answer, cost: Mapping[str, Any], *, is_request_error: bool = False) -> Response:
    body: dict[str, Any] = {}
    if answer.errors:
        body["errors"] = answer.errors
    if not is_request_error and (answer.data is not None or cost):
        body["data"] = answer.data
    if cost:
        body["extensions"] = {"cost": cost}
    text = json.dumps(body, ensure_ascii=False, default=_text)
    if len(text) > ANSWER_BYTES and cost:
        return _respond(media, Answer(None, [errors.of_refusal(limits.over("answer", ANSWER_BYTES))]), {})
    response = Response(text, _status(media, answer))
    response.headers["Content-Type"] = f"{media}; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Vary"] = "Accept, Authorization"
    if cost:
        response.headers["RateLimit-Remaining"] = str(cost["remaining"])
    if after := next((e["extensions"]["retryAfter"] for e in answer.errors if "retryAfter" in e["extensions"]), None):
        response.headers["Retry-After"] = str(after)
    return response


def _squeezed(response: Response) -> Response:
    """Make an answer small for whoever can read that (FEATURES E13).

    What is squeezed can be guessed by its length (BREACH) where another site makes a browser ask: here nobody asks
    by a cookie, and no other site brings a token.
    """
    response.headers["Vary"] = f"{response.headers['Vary']}, Accept-Encoding"
    if len(response.data) >= WORTH_SQUEEZING and request.accept_encodings.quality("gzip") > 0:
        response.data = gzip.compress(response.data, SQUEEZED, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response


def _status(media: str, answer: Answer) -> int:
    if answer.data is not None or not answer.errors:
        return OK
    status: int = answer.errors[0]["extensions"]["status"]
    return status if media == asked.RESULT or status >= ALWAYS_SAID else OK


def _text(value: object) -> str:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of the contract")
