"""The description of this face is what the code says, and a description by the rules of OpenAPI."""

import json

import pytest
from click.testing import CliRunner
from flask import Flask
from openapi_spec_validator import validate

from mobile_api import commands, health, openapi


def test_every_route_is_described_and_nothing_else(app):
    said = openapi.table().keys() - {"shapes"}

    assert said == {rule.endpoint for rule in openapi.rules(app)}


def test_is_kept_as_the_code_says(app):
    assert openapi.KEPT.read_text(encoding="utf-8") == openapi.written(app)


def test_fits_the_rules_of_openapi(app):
    validate(json.loads(openapi.KEPT.read_text(encoding="utf-8")))


def test_what_is_open_to_a_stranger_says_so(app, client):
    operations = {
        (method, path.replace("{", "").replace("}", "")): one
        for path, found in openapi.described(app)["paths"].items()
        for method, one in found.items()
    }

    for (method, path), one in operations.items():
        if one["security"] and one["operationId"] not in {"health.metrics", "files.fetch"}:
            answer = client.open(path.replace("number", "1"), method=method.upper())
            assert answer.status_code in {400, 401, 403, 404}, (method, path)
    assert len(operations) > 25


def test_is_shown_where_the_house_is_built_and_nowhere_else(app, client):
    assert client.get("/m/v1/openapi.json").status_code == 404
    built = Flask("built")
    built.register_blueprint(openapi.pages)
    built.register_blueprint(health.pages)

    shown = built.test_client().get("/m/v1/openapi.json")

    assert (shown.json["openapi"], list(shown.json["paths"])) == ("3.1.0", ["/healthz", "/metrics", "/readyz"])


@pytest.mark.parametrize("kept", [None, "{}"])
def test_a_difference_is_said(app, monkeypatch, tmp_path, kept):
    monkeypatch.setattr(openapi, "KEPT", tmp_path / "openapi.json")
    if kept:
        openapi.KEPT.write_text(kept)

    with app.app_context():
        refused = CliRunner().invoke(commands.openapi, ["--check"])
        written = CliRunner().invoke(commands.openapi, ["--write"])
        kept = CliRunner().invoke(commands.openapi, ["--check"])

    assert (refused.exit_code, written.exit_code, kept.exit_code) == (1, 0, 0)
    assert "make contract WRITE=1" in refused.output
