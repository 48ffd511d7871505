"""What we ask WeChat, over a real socket, and what its numbers make of it (RULEBOOK WX-1 … WX-12)."""

from datetime import timedelta

import pytest

from core import settings as house
from core.db import reading, session
from core.errors import NotFound, Unavailable
from core.wechat import asking, client, faults
from core.wechat.client import Notice, Scene
from core.wechat.faults import Busy, Declined, Unfit
from core.wechat.tokens import WechatToken
from tests import wechat_double
from tests.wechat_double import APP_ID, NEWS, SECRET

FITTING = {"thing1": "您有一条新消息", "phrase2": "有新进展", "time3": "2026年11月23日 09:30", "thing4": "请登录查看"}


@pytest.fixture
def double():
    with wechat_double.serving() as made:
        yield made


@pytest.fixture
def there(double, settings, monkeypatch, db):
    monkeypatch.setattr(house, "_settings", house.replace(settings, **double.settings))
    monkeypatch.setattr(asking, "PAUSE", 0.01)
    client._made.cache_clear()
    yield client.wechat()
    client._made.cache_clear()


def paths(double):
    return [path for path, _ in double.asked]


def refused(number):
    def refuse(_query):
        raise wechat_double.Refused(number)

    return refuse


def notice(**changed):
    return Notice(**{"openid": "o-1", "template": NEWS, "page": "pages/messages/index", "fields": FITTING} | changed)


def test_without_an_account_there_is_no_wechat(settings, monkeypatch):
    monkeypatch.setattr(house, "_settings", settings)

    assert not client.is_on()
    with pytest.raises(NotFound, match="wechat_off"):
        client.wechat()


def test_says_who_shows_a_code_once_and_keeps_no_session_key(there, double):
    code = double.login("o-1")
    shown = there.shown_by(code)

    assert (shown.openid, shown.unionid) == ("o-1", "u-o-1")
    assert "o-1" not in repr(shown)
    with pytest.raises(Declined) as used:
        there.shown_by(code)
    assert used.value.number == 40163
    with pytest.raises(Declined, match="40029"):
        there.shown_by("x")


def test_a_code_is_good_for_five_minutes(there, double):
    code = double.login("o-1")
    double.moved = 301

    with pytest.raises(Declined, match="40029"):
        there.shown_by(code)


def test_a_user_who_signs_in_too_often_comes_back_after_a_minute(there, double, now):
    double.sign_ins = [("o-1", double.now())] * 100

    with pytest.raises(Unavailable) as later:
        there.shown_by(double.login("o-1"))
    assert later.value.retry_after == 60


def test_somebody_wechat_bars_is_barred(there, double):
    with pytest.raises(Declined, match="40226"):
        there.shown_by(double.login("risky-1"))


def test_gives_a_number_somebody_agreed_to_show(there, double, now):
    code = double.show_phone("13800000001")

    assert there.phone_by(code, now=now) == "13800000001"
    with pytest.raises(Declined, match="40163"):
        there.phone_by(code, now=now)
    assert there.phone_by(double.show_phone("91234567", "852"), now=now) == "+85291234567"
    late = double.show_phone("13800000001")
    double.moved = 301
    with pytest.raises(Declined, match="40029"):
        there.phone_by(late, now=now)


def test_a_message_arrives_once_a_tap_and_then_no_more(there, double, now):
    double.login("o-1")
    double.accept("o-1", NEWS)
    there.send(notice(), now=now)

    (one,) = double.mailbox
    assert (one["openid"], one["page"], one["data"]) == ("o-1", "pages/messages/index", FITTING)
    with pytest.raises(Declined, match="43101"):
        there.send(notice(), now=now)


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"openid": "o-unknown"}, 40003),
        ({"template": "tmpl-unknown"}, 40037),
        ({"fields": FITTING | {"thing1": "长" * 21}}, 47003),
        ({"fields": {"thing1": "只有一个"}}, 47003),
    ],
)
def test_what_can_never_be_sent_is_dropped(there, double, now, changed, number):
    double.login("o-1")
    double.accept("o-1", NEWS)

    with pytest.raises(Unfit) as no:
        there.send(notice(**changed), now=now)
    assert no.value.number == number
    assert paths(double).count("/cgi-bin/message/subscribe/send") == 1


def test_a_code_of_the_mini_program_is_drawn(there, double, now):
    picture = there.picture_of("s.abc", "pages/scene/index", now=now)

    assert picture.startswith(wechat_double.PNG)
    assert double.pictures[0]["env_version"] == "release"
    with pytest.raises(Unfit, match="40169"):
        there.picture_of("s" * 33, "pages/scene/index", now=now)
    with pytest.raises(Unfit, match="41030"):
        there.picture_of("s.abc", "/pages/scene/index", now=now)


def test_words_to_be_published_are_judged(there, double, now):
    double.login("editor")

    assert there.judge_words("editor", "欠薪怎么办", Scene.FORUM, now=now) == client.GOOD
    assert there.judge_words("editor", "江南平台入口", Scene.FORUM, now=now) == client.BAD
    double.moved = 7201
    with pytest.raises(Declined, match="61010"):
        there.judge_words("editor", "欠薪怎么办", Scene.FORUM, now=now)


def test_one_token_serves_until_shortly_before_its_end(there, double, now):
    for _ in range(3):
        there.picture_of("s.abc", "pages/scene/index", now=now)
    assert paths(double).count("/cgi-bin/stable_token") == 1

    double.moved = 7200
    there.picture_of("s.abc", "pages/scene/index", now=now + timedelta(seconds=7200))
    assert paths(double).count("/cgi-bin/stable_token") == 2
    with reading():
        assert session().get_one(WechatToken, APP_ID).claimed_until is None


@pytest.mark.parametrize("number", [40001, 42001, 40014])
def test_a_token_that_proved_stale_is_asked_for_anew_once(there, double, now, number):
    there.picture_of("s.abc", "pages/scene/index", now=now)
    double.expire_tokens()
    double.refuse_next(number)

    assert there.picture_of("s.abc", "pages/scene/index", now=now)
    assert paths(double).count("/cgi-bin/stable_token") == 2


def test_a_token_that_stays_stale_is_a_matter_for_whoever_runs_the_place(there, double, now):
    there.picture_of("s.abc", "pages/scene/index", now=now)
    double.expire_tokens()
    double.judge_token = refused(40001)

    with pytest.raises(Unavailable, match="wechat_unavailable"):
        there.picture_of("s.abc", "pages/scene/index", now=now)
    assert paths(double).count("/cgi-bin/stable_token") == 2


@pytest.mark.parametrize("number", [40013, 40125, 40164, 48001])
def test_what_is_set_wrong_is_told_to_whoever_runs_the_place(there, double, now, number):
    double.refuse_next(number)

    with pytest.raises(Unavailable) as away:
        there.shown_by("x")
    assert away.value.retry_after == faults.A_MINUTE
    assert len(double.asked) == 1


def test_a_wechat_that_is_busy_is_asked_again_a_little_later(there, double):
    double.refuse_next(-1, -1)
    assert there.shown_by(double.login("o-1")).openid == "o-1"

    double.refuse_next(-1, -1, -1)
    with pytest.raises(Unavailable) as busy:
        there.shown_by(double.login("o-1"))
    assert busy.value.retry_after == 1
    assert Busy(45009).retry_after == 60


@pytest.mark.parametrize("told", [b"{", b"[]", b'{"openid": ""}', b'{"openid": 7}'])
def test_an_answer_that_is_none_is_no_answer(there, double, now, told):
    double.sns_jscode2session = lambda _query, _said: told
    with pytest.raises(Unavailable):
        there.shown_by("x")


@pytest.mark.parametrize("told", [{}, {"access_token": "x", "expires_in": "soon"}])
def test_a_token_that_is_none_leaves_the_next_free_to_ask(there, double, now, told):
    real, double.cgi_bin_stable_token = double.cgi_bin_stable_token, lambda _query, _said: told
    with pytest.raises(Unavailable):
        there.picture_of("s.abc", "pages/scene/index", now=now)

    double.cgi_bin_stable_token = real
    assert there.picture_of("s.abc", "pages/scene/index", now=now)


@pytest.mark.parametrize("told", [{}, {"phone_info": {}}, {"phone_info": []}])
def test_a_number_that_is_none_is_no_number(there, double, now, told):
    double.wxa_business_getuserphonenumber = lambda _query, _said: told
    with pytest.raises(Unavailable):
        there.phone_by("x", now=now)


def test_a_judgement_nobody_understands_is_for_a_person(there, double, now):
    double.wxa_msg_sec_check = lambda _query, _said: {"result": None}

    assert there.judge_words("editor", "x", Scene.LOG, now=now) == client.DOUBTFUL


def test_a_picture_that_is_none_is_no_picture(there, double, now):
    double.wxa_getwxacodeunlimit = lambda _query, _said: {}
    with pytest.raises(Unavailable):
        there.picture_of("s.abc", "pages/scene/index", now=now)


def test_an_answer_in_bytes_where_words_were_asked_for_is_none(there, double, now):
    double.wxa_msg_sec_check = lambda _query, _said: b"\x89PNG"
    with pytest.raises(Unavailable):
        there.judge_words("editor", "x", Scene.LOG, now=now)


def test_nobody_waits_for_a_wechat_that_is_away_and_no_secret_is_logged(there, double, now, caplog, capfd):
    double.hangs_up = True
    for _ in range(5):
        with pytest.raises(Unavailable):
            there.shown_by("x")
    double.answer = lambda *_: pytest.fail("nobody asks while it rests")

    with pytest.raises(Unavailable) as resting:
        there.shown_by("x")
    assert resting.value.retry_after > 20
    said = caplog.text + "".join(capfd.readouterr())
    assert SECRET not in said


def test_a_page_of_an_error_is_no_answer(there, double, monkeypatch):
    monkeypatch.setattr(asking, "HTTP_OK", 201)
    with pytest.raises(Unavailable):
        there.shown_by("x")
