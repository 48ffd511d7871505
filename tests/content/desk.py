"""Going about the desk in a browser without scripts."""

from tests.content.newsroom import FIT
from tests.portal.working import sign_staff_in

EDITOR, REVIEWER = ("publicity_editor",), ("content_reviewer",)
ACCESS = "__Host-access"


def come(browser, roles=EDITOR, region="4302", name="苏映雪"):
    sign_staff_in(browser.client, *roles, region=region, name=name)


def again(browser, roles, name):
    """Come as somebody of a region below; whoever was here before comes back."""
    known = vars(browser).setdefault("known", {})
    if roles not in known:
        sign_staff_in(browser.client, *roles, region="430211", name=name)
        known[roles] = browser.client.get_cookie(ACCESS, domain="127.0.0.1").value
    browser.client.set_cookie(ACCESS, known[roles], domain="127.0.0.1", secure=True, path="/")


def begun(browser, **given):
    """Begin a page and give its address on the desk."""
    typed = {"title": FIT.title, "kind": "FAQ", "region": "430211", "language": "SIMPLIFIED", "slug": "no-contract"}
    browser.look("/desk/content/new").fill("/new", **(typed | given))
    assert browser.status == 200, browser.problems
    return browser.path.removesuffix("/edit")


def written(browser, where, **given):
    typed = {"summary": FIT.summary, "body": FIT.body, "groups": ["migrant_workers"], "topics": ["wages"]}
    return browser.look(f"{where}/edit").fill("/edit", button=("act", given.pop("act", "save")), **(typed | given))


def asked(browser, where, **given):
    return browser.look(where).fill("/ask", **given)


def published(browser, where):
    again(browser, REVIEWER, "程守一")
    browser.look(where).fill("/publish")
    assert "已发布" in browser.words, browser.words
