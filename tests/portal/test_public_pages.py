import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.portal.valid import judge

PAGES = {
    "/": "请不起律师？国家帮您请，不收钱",
    "/help": "帮助",
    "/accessibility": "无障碍声明",
    "/privacy": "个人信息保护",
    "/preferences": "阅读方式",
    "/styleguide": "组件",
    "/verify": "核对文件真假",
}


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_a_page_says_what_it_is(client, path, heading):
    answer = client.get(path)
    page = HTMLParser(answer.text)

    assert answer.status_code == 200
    assert [one.text(strip=True) for one in page.css("h1")] == [heading]
    assert page.css_first("html").attributes["lang"] == "zh-CN"
    assert len(page.css("main#main")) == 1


@pytest.mark.parametrize("path", PAGES)
def test_help_and_the_way_out_are_on_every_page(client, path):
    page = HTMLParser(client.get(path).text)

    assert page.css_first(".topbar a[href='tel:12348']")
    assert page.css_first("footer a[href='tel:12348']")
    assert page.css_first("a[data-exit]").attributes["rel"] == "noreferrer"


def test_each_page_has_a_title_of_its_own_without_private_words(client):
    titles = [HTMLParser(client.get(path).text).css_first("title").text() for path in PAGES]

    assert len(set(titles)) == len(titles)
    assert all(title.endswith(" – 如法") for title in titles)
    assert not any("法律援助" in title or "承诺" in title for title in titles)


@pytest.mark.parametrize("path", [*PAGES, "/no-such-page"])
def test_nothing_inline_and_nothing_from_elsewhere(client, path):
    page = HTMLParser(client.get(path).text)

    assert not page.css("style, [style], script:not([src]), [onclick], iframe")
    for one in page.css("script[src], link[href], img[src]"):
        address = one.attributes.get("src") or one.attributes["href"]
        assert address.startswith(("/", "data:image/")), address


def test_paper_carries_the_address_unless_the_page_is_about_somebody(client):
    assert HTMLParser(client.get("/help").text).css_first(".qr img").attributes["src"].startswith("data:image/svg+xml")
    assert not HTMLParser(client.get("/sign-in?to=applications").text).css("main .qr")
    assert not HTMLParser(client.get("/check").text).css(".qr")
    assert not HTMLParser(client.get("/no-such-page").text).css(".qr")


def test_a_demo_says_so(client):
    assert "演示环境，非真实机构" in client.get("/").text


def test_the_promise_names_its_article(client):
    text = client.get("/").text

    assert "7 日内" in text
    assert "3 日内" in text
    assert "第四十三条" in text


def test_the_elder_page_is_shorter_with_the_same_ways_in(client):
    usual = HTMLParser(client.get("/").text)
    client.set_cookie("__Host-prefs", "elder")
    elder = HTMLParser(client.get("/").text)

    assert len(elder.body.text()) < len(usual.body.text())
    assert [a.attributes["href"] for a in elder.css(".ways a")] == [a.attributes["href"] for a in usual.css(".ways a")]


def test_what_machines_ask_for(client):
    robots, security, manifest = (
        client.get(path) for path in ("/robots.txt", "/.well-known/security.txt", "/manifest.webmanifest")
    )

    assert "Disallow: /me" in robots.text
    assert "Expires: " in security.text
    assert manifest.json["short_name"] == "如法"
    for icon in manifest.json["icons"]:
        assert client.get(icon["src"]).content_type == "image/png"


def test_html_is_valid(client, tmp_path):
    pages = {str(number): client.get(path).text for number, path in enumerate([*PAGES, "/no-such-page"])}
    token = HTMLParser(client.get("/styleguide").text).css_first("[name=csrf_token]").attributes["value"]

    judge(tmp_path, pages | {"problems": client.post("/styleguide", data={"csrf_token": token}).text})
