import gzip

import pytest

from api import documents, http, workbench
from api.asked import RESULT
from core.errors import NotSignedIn

KEPT = "{ kept }"
LEAVE = """mutation($name: String!, $key: String!) {
    made: leave(input: {name: $name}, idempotencyKey: $key) { reference at problems { code message } } }"""
ACCEPTS_RESULT = {"Accept": RESULT}


def code(answer):
    return answer.json["errors"][0]["extensions"]["code"]


def test_answers_a_query_by_post_and_get(ask, served):
    assert ask(KEPT).json["data"] == {"kept": 0}
    assert served(any_document=True).get("/graphql", query_string={"query": KEPT}).json["data"] == {"kept": 0}


def test_answers_in_the_form_that_is_accepted(ask):
    forms = {accept: ask(KEPT, headers={"Accept": accept}).mimetype for accept in (RESULT, "application/json", "*/*")}

    assert forms == {RESULT: RESULT, "application/json": "application/json", "*/*": "application/json"}
    assert ask(KEPT, headers={"Accept": f"{RESULT}, application/json;q=0.9, */*;q=0.1"}).mimetype == RESULT
    assert ask(KEPT, headers={"Accept": "text/html"}).status_code == 406


def test_tells_everybody_to_store_nothing(ask):
    headers = ask(KEPT).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_writes_moments_as_text(ask):
    made = ask(LEAVE, variables={"name": "one", "key": "key-0123456789abcdef"}).json["data"]["made"]

    assert "T" in made["at"]


def test_answers_a_repeated_key_with_the_same_bytes(ask):
    body = {"variables": {"name": "one", "key": "key-0123456789abcdef"}}

    assert ask(LEAVE, **body).json["data"] == ask(LEAVE, **body).json["data"]


def test_lets_get_only_ask(served, small):
    answer = served(any_document=True).get("/graphql", query_string={"query": LEAVE})

    assert (answer.status_code, answer.headers["Allow"], code(answer)) == (405, "POST", "mutation_by_get")


@pytest.mark.parametrize(
    ("kwargs", "status", "code_said"),
    [
        ({"data": {"query": KEPT}, "content_type": "application/x-www-form-urlencoded"}, 415, "media_unsupported"),
        ({"data": "{}", "content_type": "text/plain"}, 415, "media_unsupported"),
        ({"data": b"{}", "content_type": "application/json; charset=gbk"}, 415, "media_unsupported"),
        ({"data": gzip.compress(b"{}"), "headers": {"Content-Encoding": "gzip"}}, 415, "encoding_unsupported"),
        ({"data": "{"}, 400, "json_malformed"),
        ({"data": b'{"query":"\xff"}'}, 400, "json_malformed"),
        ({"data": '{"query":"{ kept }","variables":{"a":NaN}}'}, 400, "json_malformed"),
        ({"data": '{"variables":' + "[" * 50_000 + "]" * 50_000 + "}"}, 413, "limit_body"),
        ({"data": '{"v":' + "[" * 40_000 + "]" * 40_000 + "}"}, 400, "json_malformed"),
        ({"data": '{"query":"' + " " * 100_000 + '"}'}, 413, "limit_body"),
        ({"data": '[{"query":"{ kept }"}]'}, 413, "limit_batch"),
        ({"data": "42"}, 400, "request_malformed"),
        ({"data": "{}"}, 400, "request_malformed"),
        ({"data": '{"query":{"a":1}}'}, 400, "request_malformed"),
        ({"data": '{"query":"{ kept }","variables":"x"}'}, 400, "request_malformed"),
        ({"data": '{"query":"{ kept }","operationName":"other"}'}, 400, "operation_unknown"),
    ],
)
def test_refuses_a_request_like(served, small, kwargs, status, code_said):
    answer = served(any_document=True).post("/graphql", **{"content_type": "application/json", **kwargs})

    assert (answer.status_code, code(answer)) == (status, code_said)


def test_refuses_a_long_query_string(served, small):
    answer = served(any_document=True).get("/graphql?query=" + "a" * 100_001)

    assert (answer.status_code, code(answer)) == (413, "limit_body")


def test_says_what_is_refused_with_its_status_where_the_form_allows(ask):
    assert ask("{ missing }").json["data"] == {"missing": None}
    assert ask("{ nope }").status_code == 200
    assert ask("{ nope }", headers=ACCEPTS_RESULT).status_code == 400
    full = {"name": "full", "key": "key-0123456789abcdef"}
    assert ask(LEAVE, variables=full, headers=ACCEPTS_RESULT).status_code == 409


def test_answers_in_part_and_says_where_something_is_missing(ask):
    answer = ask("{ kept missing }")

    assert answer.json["data"] == {"kept": 0, "missing": None}
    error = answer.json["errors"][0]
    assert error["path"] == ["missing"]
    assert {"code": "row_missing", "status": 404, "retryable": False}.items() <= error["extensions"].items()
    assert error["message"] == error["extensions"]["text"]
    assert error["extensions"]["remedy"]


def test_names_the_mutation_that_was_refused(ask):
    answer = ask(LEAVE, variables={"name": "full", "key": "key-0123456789abcdef"})

    assert answer.json["data"] is None
    assert (answer.json["errors"][0]["path"], code(answer)) == (["made"], "round_full")
    assert ask(KEPT).json["data"] == {"kept": 0}


def test_shows_nothing_of_a_fault_but_a_number(ask, capsys):
    answer = ask("{ kept broken }", headers=ACCEPTS_RESULT)

    said = answer.json["errors"][0]["extensions"]
    assert (answer.status_code, said["code"]) == (500, "internal")
    assert said["reference"] in said["text"]
    assert "secret words" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_runs_only_trusted_documents_in_production(served, small, db):
    client = served()
    known = documents.digest(documents.texts()["Kept"])

    assert code(client.post("/graphql", json={"query": KEPT})) == "documents_only"
    assert client.post("/graphql", json={"documentId": known}).json["data"] == {"kept": 0}
    assert client.post("/graphql", json={"documentId": f"sha256:{known}"}).json["data"] == {"kept": 0}
    for extensions in ({"documentId": known}, {"persistedQuery": {"version": 1, "sha256Hash": known}}):
        assert client.post("/graphql", json={"extensions": extensions}).json["data"] == {"kept": 0}
    by_get = client.get("/graphql", query_string={"documentId": known, "variables": "{}", "extensions": ""})
    assert by_get.json["data"] == {"kept": 0}
    unknown = client.post("/graphql", json={"documentId": "0" * 64})
    assert (unknown.status_code, code(unknown)) == (404, "document_unknown")


@pytest.mark.parametrize("mode", ["demo", "development", "production"])
def test_whoever_brings_a_token_asks_what_is_on_the_list(served, small, db, monkeypatch, viewer, mode):
    client = served(any_document=True, mode=mode)
    monkeypatch.setattr(http, "_read_viewer", lambda: viewer)
    known = documents.digest(documents.texts()["Kept"])

    answer = client.post("/graphql", json={"query": KEPT})

    assert client.post("/graphql", json={"documentId": known}).json["data"] == {"kept": 0}
    if mode == "development":
        assert answer.json["data"] == {"kept": 0}
    else:
        assert (answer.status_code, code(answer)) == (403, "documents_only")


def test_bounds_the_cost_of_trusted_documents_too(served, small, db):
    rows = documents.digest(documents.texts()["Rows"])

    answer = served().post("/graphql", json={"documentId": rows, "variables": {"first": 101}})

    assert code(answer) == "limit_page"


def test_reads_the_viewer_from_a_token_and_never_from_a_cookie(served, small, db):
    client = served(any_document=True)
    client.set_cookie("access", "whatever")

    assert client.post("/graphql", json={"query": KEPT}).json["data"]
    refused = client.post("/graphql", json={"query": KEPT}, headers={"Authorization": "Bearer nonsense"})
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_takes_another_reader_of_viewers(served, small, db, monkeypatch):
    client = served(any_document=True)

    def refuse():
        raise NotSignedIn

    monkeypatch.setattr(http, "_read_viewer", refuse)
    assert client.post("/graphql", json={"query": KEPT}).status_code == 401
    http.set_viewer_reader(http.nobody)
    assert client.post("/graphql", json={"query": KEPT}).json["data"] == {"kept": 0}


def test_counts_requests_by_address(served, small, db):
    client = served(any_document=True, graphql_requests=3)

    answers = [client.post("/graphql", json={"query": KEPT}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert code(answers[-1]) == "rate_limited"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61
    elsewhere = client.post("/graphql", json={"query": KEPT}, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert elsewhere.status_code == 200


def test_counts_nodes_before_the_answer_is_made(served, small, db):
    client = served(any_document=True, graphql_requests=3)

    answers = [client.post("/graphql", json={"query": "{ rows(first: 20) { totalCount } }"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]


def test_allows_a_known_kiosk_more(served, small, db):
    client = served(any_document=True, graphql_requests=3, trusted_sites=("127.0.0.1",))

    assert {client.post("/graphql", json={"query": KEPT}).status_code for _ in range(9)} == {200}


def test_lets_people_in_while_the_counter_is_away(served, small, db):
    client = served(any_document=True, redis_url="redis://127.0.0.1:1/0")

    assert client.post("/graphql", json={"query": KEPT}).status_code == 200


def test_has_no_workbench_outside_development(served, small):
    assert served(any_document=True).get("/graphiql").status_code == 404
    assert served().get("/graphiql").status_code == 404


def test_shows_an_offline_workbench_in_development(served, small):
    client = served(any_document=True, introspection=True)

    page = client.get("/graphiql")
    assert "GraphiQL" in page.text
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"].split("style-src")[0]
    with client.get("/graphiql/start.js") as script:
        assert script.status_code == 200
    assert client.get("/graphiql/package.json").status_code == 404


def test_says_plainly_when_the_workbench_is_not_installed(served, small, monkeypatch, tmp_path):
    monkeypatch.setitem(workbench.FILES, "react.js", tmp_path / "none.js")
    client = served(any_document=True, introspection=True)

    assert "npm ci" in client.get("/graphiql").text
    assert client.get("/graphiql/react.js").status_code == 404


def test_gives_no_answer_above_a_megabyte(ask, monkeypatch):
    monkeypatch.setattr(http, "ANSWER_BYTES", 50)

    answer = ask("{ rows(first: 5) { nodes { name } } }")

    assert (answer.json.get("data"), code(answer)) == (None, "limit_answer")
