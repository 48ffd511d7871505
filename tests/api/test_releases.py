"""Two releases of an app back keep working: the contract only grows, their documents stay and are answered (E17)."""

import itertools
from datetime import date

import pytest
from graphql import build_schema

from api import documents, execution, releases
from api.schema import SCHEMA
from api.viewer import Viewer
from core.identity import ANYONE
from tests.api.asking import asked

KEYS = map("key-number-{:08}".format, itertools.count(1))
ASKED = "query All { a b c kind given(in: { n: 1 }) }"
TODAY = date(2027, 6, 1)
BEFORE = """
type Query {
  a(x: Int): String
  b: String @deprecated(reason: "2027-05-01: use `a`")
  c: String @deprecated(reason: "2027-09-01: use `a`")
  kind: Kind
  given(in: In): Int
  ours: String
}
input In { n: Int }
enum Kind { NEW OLD @deprecated(reason: "2027-05-01: say NEW") }
"""


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(releases, "FOLDER", tmp_path)
    return tmp_path


def test_the_contract_has_taken_nothing_from_an_app_in_peoples_hands():
    assert releases.broken(SCHEMA, today=date.today()) == []  # noqa: DTZ011  # the day the tests run
    assert releases.undated(SCHEMA) == []
    assert len(releases.folders()) == releases.KEPT


def test_every_document_of_a_release_is_on_the_list_and_answered(db, now):
    faults = []
    for name, text in releases.texts().items():
        document = documents.by_id(documents.digest(text))
        given = asked(document)
        if document.is_mutation:
            given["idempotencyKey"] = next(KEYS)
        answer = execution.execute(Viewer(ANYONE, now, "192.0.2.1"), document, given)
        codes = [error["extensions"]["code"] for error in answer.errors]
        if (answer.data is None and not codes) or {"internal", "document_unfit"} & set(codes):
            faults.append((name, codes))

    assert faults == []
    assert len(releases.texts()) > 100


@pytest.mark.parametrize(
    ("after", "wrong"),
    [
        (BEFORE.replace("a(x: Int): String", "a(x: Int, y: Int): String\n  d: String"), []),
        (BEFORE.replace("a(x: Int): String", "d(x: Int): String"), ["release 1: Query.a was removed."]),
        (BEFORE.replace('b: String @deprecated(reason: "2027-05-01: use `a`")', ""), []),
        (
            BEFORE.replace('c: String @deprecated(reason: "2027-09-01: use `a`")', ""),
            ["release 1: Query.c was removed."],
        ),
        (BEFORE.replace("  ours: String\n", ""), []),
        (BEFORE.replace("n: Int", "n: Int m: Int!"), ["A required field m on input type In was added."]),
        (BEFORE.replace("input In { n: Int }", "input In { m: Int }"), ["release 1: In.n was removed."]),
        (BEFORE.replace("{ NEW OLD", "{ OLD"), ["release 1: NEW was removed from enum type Kind."]),
        (BEFORE.replace("a(x: Int)", "a(x: Int, y: Int!)"), ["A required arg y on Query.a was added."]),
        (BEFORE.replace("a(x: Int): String", "a(x: Int): Int"), ["Query.a changed type from String to Int."]),
    ],
)
def test_says_what_it_took(folder, after, wrong):
    (folder / "documents").mkdir()
    (folder / "documents" / "All.graphql").write_text(ASKED)
    releases.keep(build_schema(BEFORE), folder / "documents")

    found = releases.broken(build_schema(after), today=TODAY)

    assert len(found) == len(wrong)
    assert all(said in one for said, one in zip(wrong, found, strict=True))


def test_what_is_deprecated_says_until_when():
    schema = build_schema('type Query { a: String @deprecated(reason: "soon") b: String }')

    assert releases.undated(schema) == ["Query.a"]


def test_keeps_two_releases_without_words_and_with_their_documents(folder):
    schema = build_schema('type Query { "What it says." a: String }')
    written = folder / "documents"
    written.mkdir()
    (written / "A.graphql").write_text("query A { a }\n")
    sources = folder.parent / "sources"
    written.rename(sources)

    made = [releases.keep(schema, sources).name for _ in range(3)]

    assert made == ["1", "2", "3"]
    assert [one.name for one in releases.folders()] == ["2", "3"]
    assert "What it says" not in (folder / "3" / "schema.graphql").read_text()
    assert (folder / "3" / "documents" / "A.graphql").read_text() == "query A { a }\n"
