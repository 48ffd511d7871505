"""While nothing can be written: what is read goes on, every page says what to do instead, and nothing typed is lost."""

import pytest

from core import readonly

READABLE = ("/", "/help", "/hotlines", "/stations", "/learn", "/verify", "/check", "/verify/AAAA-AAAA-AAAA-AAAA")


@pytest.fixture(autouse=True)
def forgotten(app, tmp_path):
    yield readonly.watch(tmp_path / readonly.FLAG, switched=False)
    readonly.watch(None, switched=False)


@pytest.fixture
def refuse(engine, db, begun):
    """Let the database of this test refuse all writes from now on."""
    lite, say = engine.dialect.name == "sqlite", db.kw["bind"].exec_driver_sql
    yield lambda: say("PRAGMA query_only = 1" if lite else "SET TRANSACTION READ ONLY")
    if lite:
        say("PRAGMA query_only = 0")


def test_a_form_that_cannot_be_kept_says_what_to_do_and_keeps_what_was_typed(begun, refuse):
    form = begun.page.css_first("main form")
    name = next(one.attributes["name"] for one in form.css("input[type=radio], select, input[type=text], textarea"))
    refuse()

    begun.fill(**{name: "我写的话"})

    assert begun.status == 503
    assert "现在只能看" in begun.heading
    assert "没有丢" in begun.words
    assert begun.value(name) == "我写的话"
    assert begun.page.css("main a[href='tel:12348']")
    assert begun.page.css("main a[href='/stations']")
    assert begun.client.get("/readyz").json["writes"] == "refused"


@pytest.mark.parametrize("how", ["refused", "switched"])
def test_what_is_read_goes_on_and_says_so_beforehand(begun, refuse, tmp_path, how):
    if how == "refused":
        refuse()
        begun.fill()
    else:
        (tmp_path / readonly.FLAG).touch()

    for path in READABLE:
        begun.look(path)
        assert begun.status == 200, path
        said = begun.page.css_first("aside.bulletin")
        assert "现在只能看" in said.text(), path
        assert said.css("a[href='tel:12348']"), path


def test_nothing_is_said_while_all_is_well(begun):
    begun.look("/hotlines")

    assert "现在只能看" not in begun.page.text()
    assert begun.client.get("/readyz").json["writes"] == "taken"
