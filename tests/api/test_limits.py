import pytest
from graphql import get_introspection_query

from api import limits

NESTED = "{ rows(first: 1) { nodes { " + "rows(first: 1) { nodes { " * 6 + "name" + " } }" * 7 + " }"
DOUBLING = " ".join(f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(18))


@pytest.mark.parametrize(
    ("query", "code", "limit"),
    [
        ("{" + " a" * 2000 + "}", "limit_tokens", 2000),
        (NESTED, "limit_depth", 10),
        ("{" + "a{" * 300 + "b" + "}" * 301, "limit_nesting", 20),
        ("{" + "... on Query {" * 30 + "kept" + "}" * 31, "limit_nesting", 20),
        ("{ plain" + "{ rows" * 400 + "}" * 401, "limit_nesting", 20),
        ("{ kept(a: " + "[" * 800 + "]" * 800 + ") }", "limit_nesting", 20),
        ("{" + " ".join(f"a{i}: kept" for i in range(31)) + "}", "limit_aliases", 30),
        ("{" + " kept" * 201 + "}", "limit_fields", 200),
        ("{ ...f0 } " + DOUBLING + " fragment f18 on Query { kept }", "limit_nesting", 20),
        (
            "{ ...f0 } "
            + DOUBLING.replace("f18", "f9x", 0)[:0]
            + " ".join(f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(9))
            + " fragment f9 on Query { kept }",
            "limit_fields",
            200,
        ),
        ("{ kept" + " @include(if: true)" * 21 + " }", "limit_directives", 20),
        ("query a { kept } query b { kept }", "limit_operations", 1),
        ("{ rows(first: 101) { totalCount } }", "limit_page", 100),
        ("{ rows(first: 100) { nodes { rows(first: 20) { nodes { name } } } } }", "limit_nodes", 2000),
        ("{ plain { rows(first: 100) { nodes { rows(first: 2) { totalCount } } } } }", "limit_nodes", 2000),
        (
            'mutation { a: whisper(idempotencyKey: "") { secret } b: whisper(idempotencyKey: "") { secret } }',
            "limit_mutations",
            1,
        ),
    ],
)
def test_says_which_limit_and_its_value(ask, query, code, limit):
    answer = ask(query)

    said = answer.json["errors"][0]["extensions"]
    assert (said["code"], said["limit"]) == (code, limit)
    assert str(limit) in said["text"]
    assert "data" not in answer.json


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "document_syntax"),
        ("{ nope }", "document_unfit"),
        ("{ rows { totalCount } }", "document_unfit"),
        ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "document_cycle"),
        ("{ ...gone }", "document_unfit"),
        ("subscription { kept }", "document_unfit"),
        ("fragment a on Query { kept }", "document_unfit"),
        ("{ __schema { queryType { name } } }", "introspection_off"),
        ('{ __type(name: "Query") { name } }', "introspection_off"),
        ('{ rows(first: 1, after: "\\u0000") { totalCount } }', "characters_malformed"),
    ],
)
def test_refuses_a_document_with_a_code(ask, query, code):
    answer = ask(query)

    assert answer.json["errors"][0]["extensions"]["code"] == code
    assert "data" not in answer.json


def test_gives_no_suggestions(ask):
    for query in ("{ kep }", "{ kept @includ(if: true) }", "query($x: Strin) { kept }"):
        assert "did you mean" not in ask(query).text.lower()


def test_gives_suggestions_to_developers(served, small):
    answer = served(any_document=True, introspection=True).post("/graphql", json={"query": "{ kep }"})

    assert "Did you mean 'kept'" in answer.json["errors"][0]["extensions"]["detail"]


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"first": 2, "deep": [[[[[[[[[[[[[]]]]]]]]]]]]]}, "limit_variables_depth"),
        ({"first": 2, "after": "\0"}, "characters_malformed"),
        ({"first": 2, "after": "\ud800"}, "characters_malformed"),
        ({"first": 101}, "limit_page"),
        ({"first": "2"}, "input_malformed"),
        ({"first": 1.5}, "input_malformed"),
        ({"first": True}, "input_malformed"),
        ({"first": None}, "input_malformed"),
        ({}, "input_malformed"),
        ({"first": 2**40}, "limit_page"),
        ({"first": -1}, "page_size"),
    ],
)
def test_judges_variables(ask, variables, code):
    query = "query($first: Int!, $after: String) { rows(first: $first, after: $after) { totalCount } }"

    assert ask(query, variables=variables).json["errors"][0]["extensions"]["code"] == code


def test_reads_the_default_of_a_variable(ask):
    query = "query($first: Int! = 100) { rows(first: $first) { nodes { rows(first: $first) { totalCount } } } }"

    assert ask(query).json["errors"][0]["extensions"]["code"] == "limit_nodes"
    assert ask(query, variables={"first": 2}).json["data"]


def test_counts_fragments_and_aliases_in_the_cost(ask):
    query = """{ a: rows(first: 10) { ...below } ... on Query { b: rows(first: 5) { ...below } } ... { kept } }
        fragment below on Rows { nodes { rows(first: 3) { totalCount } } }"""

    assert ask(query).json["extensions"]["cost"]["nodes"] == 10 + 30 + 5 + 15


def test_says_the_cost_and_what_is_left(ask):
    answer = ask("{ rows(first: 10) { nodes { name } } }")

    assert answer.json["extensions"]["cost"] == {"nodes": 10, "limit": 2000, "remaining": 59_990}
    assert answer.headers["RateLimit-Remaining"] == "59990"


def test_lets_introspection_be_deep_where_it_is_on(small):
    deep = "{ __schema { types { " + "ofType { " * 12 + "name" + " }" * 12 + " } } }"

    assert limits.admitted(deep, introspection=True)


def test_lets_tools_ask_for_the_whole_contract_where_it_is_on(ask, served, small):
    whole = {"query": get_introspection_query(input_value_deprecation=True)}

    assert "data" not in ask(**whole).json
    answer = served(any_document=True, introspection=True).post("/graphql", json=whole)
    assert answer.json["data"]["__schema"]["types"]
