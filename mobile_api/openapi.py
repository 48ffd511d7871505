"""Describe this face in OpenAPI 3.1: paths and words from the code, shapes from `shapes.toml`.

Kept in `mobile_api/openapi.json`, compared in CI, served where the house is built.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app
from werkzeug.routing import Rule

pages = Blueprint("openapi", __name__)

HERE = Path(__file__).parent
KEPT = HERE / "openapi.json"
SHAPES = HERE / "shapes.toml"
PLACEHOLDER = re.compile(r"<(?:[^:<>]*:)?([a-z_]+)>")
PLAIN = {"string", "integer", "boolean", "object"}
REFUSED = {"description": "A meant refusal, with a code and what to do.", "content": {}}
EXTRA_METHODS = {"HEAD", "OPTIONS"}


@pages.get("/m/v1/openapi.json")
def show() -> Response:
    """Give the description of this face."""
    return Response(written(current_app), content_type="application/json; charset=utf-8")


@cache
def table() -> Mapping[str, Any]:
    """Read what goes in and out, by endpoint."""
    return tomllib.loads(SHAPES.read_text(encoding="utf-8"))


def written(app: Flask) -> str:
    """Write the description as it is kept."""
    return json.dumps(described(app), ensure_ascii=False, indent=1) + "\n"


def rules(app: Flask) -> list[Rule]:
    """Give the routes of this face, in the order of their paths."""
    ours = {name for name, one in app.blueprints.items() if one.import_name.startswith("mobile_api.")} - {pages.name}
    found = (rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in ours)
    return sorted(found, key=lambda rule: (rule.rule, rule.endpoint))


def described(app: Flask) -> dict[str, Any]:
    """Describe every route."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in rules(app):
        path = paths.setdefault(PLACEHOLDER.sub(r"{\1}", rule.rule), {})
        for method in sorted((rule.methods or set()) - EXTRA_METHODS):
            path[method.lower()] = _operation(app, rule, _said_of(rule.endpoint))
    shapes = {name: _shape(fields) for name, fields in sorted(table()["shapes"].items())}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "如法 Rufa: what GraphQL does not suit",
            "version": "1",
            "description": "Files, packs, health. Refusals have the shape of the GraphQL contract.",
        },
        "paths": paths,
        "components": {"schemas": shapes, "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }


def _said_of(endpoint: str) -> Mapping[str, Any]:
    said: Mapping[str, Any] | None = table().get(endpoint)
    if said is None:
        raise LookupError(f"{endpoint}: say in mobile_api/{SHAPES.name} what goes in and out")
    return said


def _operation(app: Flask, rule: Rule, said: Mapping[str, Any]) -> dict[str, Any]:
    summary, _, more = (app.view_functions[rule.endpoint].__doc__ or "").strip().partition("\n")
    operation: dict[str, Any] = {"operationId": rule.endpoint, "summary": summary}
    if more.strip():
        operation["description"] = " ".join(more.split())
    operation["security"] = [] if said.get("open") else [{"bearer": []}]
    if parameters := _parameters(rule, said):
        operation["parameters"] = parameters
    if body := _body(said):
        operation["requestBody"] = {"required": True, "content": body}
    operation["responses"] = {str(said.get("status", 200)): _answer(said), "default": _refused()}
    return operation


def _parameters(rule: Rule, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [_parameter(name, "path", "string") for name in PLACEHOLDER.findall(rule.rule)]
    found += [_parameter(name, "query", kind, required=False) for name, kind in said.get("query", {}).items()]
    found += [_parameter(name, "header", "string", required=False) for name in said.get("headers", ())]
    if "key" in said:
        found.append(_parameter("Idempotency-Key", "header", "string", required=said["key"] == "must"))
    return found


def _parameter(name: str, place: str, kind: str, *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": {"type": kind}}


def _body(said: Mapping[str, Any]) -> dict[str, Any]:
    if "form" in said:
        return {"multipart/form-data": {"schema": _shape(said["form"])}}
    if "json" in said:
        return {"application/json": {"schema": _kind(said["json"])}}
    return {"application/octet-stream": {}} if said.get("bytes") else {}


def _answer(said: Mapping[str, Any]) -> dict[str, Any]:
    content = {media: {"schema": _kind(said["as"])} if "as" in said else {} for media in said["gives"]}
    return {"description": "As asked."} | ({"content": content} if content else {})


def _refused() -> dict[str, Any]:
    return REFUSED | {"content": {"application/json": {"schema": _kind("Errors")}}}


def _shape(fields: Mapping[str, str]) -> dict[str, Any]:
    needed = [name for name, kind in fields.items() if not kind.endswith("?")]
    made = {"type": "object", "properties": {name: _kind(kind.rstrip("?")) for name, kind in fields.items()}}
    return made | ({"required": needed} if needed else {})


def _kind(said: str) -> dict[str, Any]:
    if said.endswith("|null"):
        return {"anyOf": [_kind(said.removesuffix("|null")), {"type": "null"}]}
    if said.startswith("["):
        return {"type": "array", "items": _kind(said[1:-1])}
    if said == "binary":
        return {"type": "string", "format": "binary"}
    return {"type": said} if said in PLAIN else {"$ref": f"#/components/schemas/{said}"}
