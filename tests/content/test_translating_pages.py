"""An editor begins a translation, and says when it agrees with the original again."""

from tests.content.desk import asked, begun, come, published, written
from tests.content.newsroom import FIT


def test_a_translation_from_its_first_word_to_following_the_original(browser):
    come(browser)
    where = begun(browser)
    written(browser, where)
    asked(browser, where)
    editor = browser.client.get_cookie("__Host-access", domain="127.0.0.1").value
    browser.look(where)
    assert "English：还没有" in " ".join(browser.words.split())
    forms = [one for one in browser.page.css("form[action$='/translate']") if 'value="ENGLISH"' in one.html]
    data = {one.attributes["name"]: one.attributes["value"] for one in forms[0].css("input")}
    path = forms[0].attributes["action"]
    browser._at(browser.client.post(path, data=data, base_url="https://127.0.0.1", follow_redirects=True))
    assert browser.value("title") == FIT.title
    browser.fill("/edit", button=("act", "save"), title="Wages without a contract?")
    assert "就是这一篇" in browser.words
    there = browser.path

    again = browser.client.post(
        path, data=data | {"idempotency_key": "another-key-01234567"}, base_url="https://127.0.0.1"
    )
    assert again.status_code == 409
    wrong = data | {"idempotency_key": "wrong-key-0123456789", "language": "KLINGON"}
    assert browser.client.post(path, data=wrong, base_url="https://127.0.0.1").status_code == 422
    published(browser, where)
    browser.client.set_cookie("__Host-access", editor, domain="127.0.0.1", secure=True, path="/")
    written(browser, where, summary="能。先留证据。")
    asked(browser, where)
    published(browser, where)
    browser.client.set_cookie("__Host-access", editor, domain="127.0.0.1", secure=True, path="/")
    browser.look(there)
    assert "译文照的是原文第" in browser.words
    browser.fill("/follow")
    assert "译文和原文现在的样子一致" in browser.words
    assert not browser.page.css("form[action$='/follow']")
