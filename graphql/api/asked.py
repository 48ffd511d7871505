"""What an HTTP request asks: read by the rules of GraphQL over HTTP, and judged before anything is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from api import limits
from core.errors import Malformed, Refusal

JSON = "application/json"
RESULT = "application/graphql-response+json"


class NotAcceptable(Refusal):
    """None of our forms of an answer is accepted."""

    status: ClassVar[int] = 406
    default_code: ClassVar[str] = "not_acceptable"


class UnsupportedMedia(Refusal):
    """The body has a form we do not read: only plain `application/json` (TRUST G6)."""

    status: ClassVar[int] = 415
    default_code: ClassVar[str] = "media_unsupported"


class NotAllowed(Refusal):
    """GET only asks."""

    status: ClassVar[int] = 405
    default_code: ClassVar[str] = "mutation_by_get"


@dataclass(frozen=True, slots=True)
class Asked:
    """A document, by its id or in words, and its variables."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: Mapping[str, Any]


def media_type(request: Request) -> str:
    """Choose the form of the answer. Clients that name none get `application/json`."""
    accepted = request.accept_mimetypes
    if not accepted or not accepted.provided or "*/*" in accepted.values():
        explicit = accepted.best_match([RESULT]) if accepted and RESULT in accepted.values() else None
        return explicit or JSON
    best = accepted.best_match([JSON, RESULT])
    if best is None:
        raise NotAcceptable(supported=f"{RESULT}, {JSON}")
    return best


def read(request: Request) -> Asked:
    """Read what is asked, from a JSON body or a query string."""
    asked = _shaped(_parameters(request) if request.method in ("GET", "HEAD") else _body(request))
    limits.plain(asked.variables)
    return asked


def _parameters(request: Request) -> dict[str, Any]:
    if len(request.query_string) > limits.BODY_BYTES:
        raise limits.over("body", limits.BODY_BYTES)
    given: dict[str, Any] = dict(request.args.items())
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name])
    return given


def _body(request: Request) -> Any:
    if request.mimetype != JSON or request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedMedia(supported=JSON)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("encoding_unsupported")
    request.max_content_length = limits.BODY_BYTES
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise limits.over("body", limits.BODY_BYTES) from None
    return _json(data)


def _json(data: bytes | str) -> Any:
    try:
        text = data.decode() if isinstance(data, bytes) else data
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Malformed("json_malformed") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _shaped(given: Any) -> Asked:
    if isinstance(given, list):
        raise limits.over("batch", 1)
    if not isinstance(given, dict):
        raise Malformed("request_malformed", field="body")
    query = _typed(given, "query", str)
    extensions = _typed(given, "extensions", dict) or {}
    document_id = _typed(given, "documentId", str) or _document_id(extensions)
    if not query and not document_id:
        raise Malformed("request_malformed", field="query")
    return Asked(
        query=query,
        document_id=document_id.removeprefix("sha256:") if document_id else None,
        operation_name=_typed(given, "operationName", str) or None,
        variables=_typed(given, "variables", dict) or {},
    )


def _document_id(extensions: Mapping[str, Any]) -> str | None:
    persisted = _typed(extensions, "persistedQuery", dict) or {}
    found: str | None = _typed(extensions, "documentId", str) or _typed(persisted, "sha256Hash", str)
    return found


def _typed(given: Mapping[str, Any], name: str, kind: type) -> Any:
    value = given.get(name)
    if name in ("variables", "extensions") and value == "":
        return None
    if value is not None and not isinstance(value, kind):
        raise Malformed("request_malformed", field=name)
    return value
