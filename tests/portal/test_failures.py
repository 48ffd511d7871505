import pytest
from flask import Blueprint
from selectolax.lexbor import LexborHTMLParser as HTMLParser

import wsgi
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected, TooMany, Unavailable
from portal import failures

RAISED = {
    "forbidden": Forbidden(),
    "gone": NotFound(),
    "changed": Conflict(),
    "often": TooMany(retry_after=30),
    "away": Unavailable(),
    "wrong": Rejected((Problem("not_a_day", "born_on"),)),
    "broken": ZeroDivisionError("张三 13800000001"),
}
STATUSES = {
    "forbidden": 403,
    "gone": 404,
    "changed": 409,
    "often": 429,
    "away": 503,
    "wrong": 422,
    "broken": 500,
}


@pytest.fixture(scope="module")
def app(settings):
    """The service with pages that fail."""
    made = wsgi.create_app(settings)
    failing = Blueprint("failing", __name__)

    @failing.route("/failing/<name>", methods=["GET", "POST"])
    def fail(name):
        raise RAISED[name]

    @failing.route("/failing/private", methods=["GET", "POST"])
    def private():
        raise NotSignedIn

    made.register_blueprint(failing)
    return made


@pytest.fixture
def client(app):
    return app.test_client()


def token(client):
    return HTMLParser(client.get("/help").text).css_first("[name=csrf_token]").attributes["value"]


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_a_failure_says_what_and_what_next(client, name, status):
    answer = client.get(f"/failing/{name}")
    page = HTMLParser(answer.text)

    assert answer.status_code == status
    assert len(page.css("h1")) == 1
    assert page.css_first(".lead").text()
    assert page.css_first(".hotline a[href='tel:12348']")
    assert page.css_first(".reference").text()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("name", "helps"), [("often", True), ("away", True), ("broken", True), ("forbidden", False)])
def test_trying_again_is_offered_where_it_helps(client, name, helps):
    first = HTMLParser(client.get(f"/failing/{name}").text).css_first(".actions a")

    assert (first.attributes["href"], first.text()) == (
        (f"/failing/{name}", "再试一次") if helps else ("/", "回到首页")
    )


@pytest.mark.parametrize("name", ["often", "away"])
def test_nothing_typed_is_lost_while_something_is_away(client, name):
    answer = client.post(f"/failing/{name}", data={"csrf_token": token(client), "story": "拖欠工资"})

    assert answer.status_code == STATUSES[name]
    assert 'value="拖欠工资"' in answer.text
    assert HTMLParser(answer.text).css_first("main form").attributes["action"] == f"/failing/{name}"


def test_a_form_with_a_password_is_not_offered_again_without_it(client):
    answer = client.post("/failing/away", data={"csrf_token": token(client), "username": "li", "password": "geheim"})

    assert answer.status_code == 503
    assert "再交一次" not in answer.text
    assert "geheim" not in answer.text


def test_too_much_at_once_is_answered_in_words(client):
    answer = client.post("/failing/gone", data={"csrf_token": token(client), "story": "x" * 12_000_000})

    assert answer.status_code == 413
    assert "交上来的内容太大" in answer.text


@pytest.mark.parametrize(("status", "words"), [(413, "交上来的内容太大"), (400, "格式不对"), (500, "不是您的错")])
def test_the_last_word_needs_no_template(client, status, words):
    page = HTMLParser(failures.last_word(status))

    assert words in page.css_first("h1").text()
    assert page.css_first("a[href='tel:12348']")


def test_a_fault_keeps_its_words_to_itself(client, capsys):
    answer = client.get("/failing/broken")

    number = HTMLParser(answer.text).css_first(".hint .reference").text()
    for told in (answer.text, *capsys.readouterr()):
        assert "张三" not in told
        assert "13800000001" not in told
        assert "ZeroDivisionError" not in answer.text
    assert number in answer.text


def test_when_to_come_back_is_said_to_machines_too(client):
    assert client.get("/failing/often").headers["Retry-After"] == "30"


def test_a_missing_page_does_not_echo_its_address(client):
    answer = client.get("/no-such-page-9f2?q=<script>alert(1)</script>")

    assert answer.status_code == 404
    assert "9f2" not in answer.text
    assert "alert(1)" not in answer.text
    assert len(answer.text) < 20_000


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PROPFIND", "PATCH"])
def test_methods_no_page_knows_are_refused(client, method):
    answer = client.open("/", method=method)

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_the_way_back_waits_in_the_session_not_in_the_address(client):
    answer = client.get("/failing/private?secret=1")

    assert answer.status_code == 303
    assert answer.location == "/sign-in"
    with client.session_transaction() as kept:
        assert kept["return_to"] == "/failing/private"


def test_a_section_of_ones_own_leads_through_the_sign_in(client):
    link = HTMLParser(client.get("/").text).css_first(".sections a[href*='to=applications']")

    page = HTMLParser(client.get(link.attributes["href"]).text)

    assert page.css_first("title").text() == "登录 – 我的申请 – 如法"
    with client.session_transaction() as kept:
        assert kept["return_to"] == "/me/applications"


@pytest.mark.parametrize("to", ["https://evil.example", "nowhere", ""])
def test_the_sign_in_leads_nowhere_else(client, to):
    client.get("/sign-in", query_string={"to": to})

    with client.session_transaction() as kept:
        assert "return_to" not in kept


def test_nothing_typed_is_lost_when_the_sign_in_has_run_out(client):
    typed = {"csrf_token": token(client), "story": "拖欠工资<b>", "idempotency_key": "k1", "password": "geheim"}

    answer = client.post("/failing/private", data=typed)
    page = HTMLParser(answer.text)
    kept = {one.attributes["name"]: one.attributes["value"] for one in page.css("main input[type=hidden]")}

    assert answer.status_code == 401
    assert kept["story"] == "拖欠工资<b>"
    assert kept["idempotency_key"] == "k1"
    assert "password" not in kept
    assert page.css_first("main form").attributes["action"] == "/failing/private"
    assert "<b>" not in answer.text


def test_nothing_typed_is_lost_when_the_form_is_older_than_the_session(client):
    answer = client.post("/failing/private", data={"csrf_token": "old", "story": "拖欠工资"})

    assert answer.status_code == 400
    assert 'value="拖欠工资"' in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_make_anybody_send_a_form(client, headers):
    answer = client.post("/preferences", data={"csrf_token": token(client), "switch": "mode-elder"}, headers=headers)

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_machines_are_answered_as_machines(client):
    answer = client.get("/m/no-such-thing")

    assert answer.status_code == 404
    assert answer.is_json
