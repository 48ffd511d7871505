import pytest

from api import documents


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    for cached in (documents.texts, documents.ids, documents.named):
        cached.cache_clear()
    yield tmp_path
    for cached in (documents.texts, documents.ids, documents.named):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("query Other { service { name } }", "name of the file"),
        ("{ service { name } }", "name of the file"),
        ("query Page { service { nope } }", "Cannot query field"),
        ("query Page { service { name } } query B { service { name } }", "one operation"),
        ("mutation Page { __typename }", "hands on its idempotencyKey"),
        ("mutation Page { __typename a: __typename }", "one mutation"),
    ],
)
def test_refuses_a_document_that_does_not_fit(folder, text, why):
    (folder / "Page.graphql").write_text(text)

    with pytest.raises(documents.UnfitDocument, match=why):
        documents.named("Page")


def test_refuses_two_documents_of_one_name(folder):
    for below in ("portal", "miniprogram"):
        (folder / below).mkdir()
        (folder / below / "Page.graphql").write_text("query Page { service { name } }")

    with pytest.raises(documents.UnfitDocument, match="another document"):
        documents.texts()


def test_knows_a_document_by_the_hash_of_its_text(folder):
    text = "query Page { service { name } }"
    (folder / "Page.graphql").write_text(text)

    assert documents.by_id(documents.digest(text)).name == "Page"
    assert documents.by_id("0" * 64) is None


def test_parses_and_validates_once(folder):
    (folder / "Page.graphql").write_text("query Page { service { name } }")

    assert documents.named("Page") is documents.named("Page")
