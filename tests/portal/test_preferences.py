import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.preferences import Preferences, parse


def token(client, path="/help"):
    return HTMLParser(client.get(path).text).css_first("[name=csrf_token]").attributes["value"]


def html(client, path="/help"):
    return HTMLParser(client.get(path).text).css_first("html").attributes


def choose(client, **form):
    return client.post("/preferences", data={"csrf_token": token(client), **form})


def test_a_switch_turns_on_and_leads_back(client):
    answer = choose(client, switch="mode-elder", back="/help")

    assert answer.status_code == 303
    assert answer.location == "/help"
    assert html(client)["data-mode"] == "elder"


def test_a_switch_turns_off_again(client):
    choose(client, switch="size-large", back="/")
    choose(client, switch="size-large", back="/")

    assert html(client)["data-size"] == "normal"


def test_switches_leave_each_other_alone(client):
    choose(client, switch="mode-elder", back="/")
    choose(client, switch="theme-dark", back="/")

    assert (html(client)["data-mode"], html(client)["data-theme"]) == ("elder", "dark")


def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    cookie = choose(client, switch="mode-elder", back="/").headers["Set-Cookie"]

    assert cookie.startswith("__Host-prefs=elder.normal.normal.auto.auto; ")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"):
        assert flag in cookie
    assert "Domain" not in cookie


def test_all_choices_are_on_one_page(client):
    choose(client, mode="elder", size="larger", contrast="high", theme="light", motion="still", back="/preferences")
    page = HTMLParser(client.get("/preferences").text)

    assert [one.attributes["value"] for one in page.css("main input[checked]")] == [
        "elder",
        "larger",
        "high",
        "light",
        "still",
    ]


def test_no_choice_is_a_problem_tied_to_its_field(client):
    answer = choose(client)
    page = HTMLParser(answer.text)

    assert answer.status_code == 422
    assert page.css_first("#problems a").attributes["href"] == "#field-mode"
    marked = page.css_first("[aria-invalid=true]")
    assert marked.attributes["aria-describedby"] == "problem-mode"
    assert page.css_first("#problem-mode")


def test_no_change_is_said_and_keeps_what_was_chosen(client):
    choose(client, switch="mode-elder", back="/")
    answer = choose(client, mode="elder", size="normal")

    assert answer.status_code == 422
    assert "没有改动" in HTMLParser(answer.text).css_first("#problems").text()
    assert html(client)["data-mode"] == "elder"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/nowhere", ""])
def test_nobody_is_sent_elsewhere(client, back):
    assert choose(client, switch="mode-elder", back=back).location == "/"


@pytest.mark.parametrize("text", ["", "elder.huge", "<script>", "elder.large.high.dark.still.more", "...."])
def test_what_is_not_on_the_list_counts_for_nothing(text):
    read = parse(text)

    assert parse(read.written()) == read
    assert read.size in ("normal", "large")


def test_what_is_written_is_read_again():
    wanted = Preferences("elder", "larger", "high", "dark", "still")

    assert parse(wanted.written()) == wanted
