from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts import codes, jobs
from accounts.models import OneTimeCode, SignIn, Throttle
from core import sms
from core.db import session
from core.errors import Problem, Rejected, TooMany
from core.identity import ANYONE
from core.outbox import Errand

HOME = "203.0.113.7"
MINUTE = timedelta(minutes=1)


def send(now, phone="13900001111", address=HOME):
    return codes.send(ANYONE, phone, address=address, now=now)


def weigh(sent, code, now):
    return codes.weigh(ANYONE, sent.request, code, now=now)


def another(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_travel_as_an_errand_and_are_kept_only_as_a_hash(unit, now, sent_code):
    sent = send(now, "139 0000 1111")

    code = sent_code(sent.request)
    row = session().get(OneTimeCode, sent.request)
    assert len(code) == 6
    assert code not in row.code_hash
    assert (sent.masked_phone, sent.expires_at) == ("139****1111", now + 5 * MINUTE)


def test_go_to_mobiles_alone(unit, now):
    with pytest.raises(Rejected) as rejected:
        send(now, "0731-88881234")

    assert rejected.value.problems == (Problem("phone_not_mobile", "phone"),)


def test_give_the_number_they_were_sent_to_once(unit, now, sent_code):
    sent = send(now)
    code = sent_code(sent.request)

    assert weigh(sent, f" {code[:3]} {code[3:]} ", now) == "13900001111"
    assert weigh(sent, code, now) == Problem("code_expired", "code")


def test_are_good_for_five_minutes(unit, now, sent_code):
    sent = send(now)

    assert weigh(sent, sent_code(sent.request), now + 5 * MINUTE) == Problem("code_expired", "code")


def test_are_weighed_five_times_and_then_even_the_right_one_is_refused(unit, now, sent_code):
    sent = send(now)
    code = sent_code(sent.request)

    said = [weigh(sent, another(code), now) for _ in range(6)]

    assert [problem.code for problem in said] == ["code_wrong"] * 5 + ["code_used_up"]
    assert [problem.params.get("left") for problem in said[:5]] == [4, 3, 2, 1, 0]
    assert weigh(sent, code, now) == Problem("code_used_up", "code")


def test_are_bound_to_the_request_they_were_asked_by(unit, now, sent_code):
    mine, theirs = send(now), send(now, "13900002222")

    assert isinstance(weigh(mine, sent_code(theirs.request), now), Problem)
    assert codes.weigh(ANYONE, "nothing", sent_code(mine.request), now=now) == Problem("code_expired", "code")


def test_are_rationed_to_one_a_minute_a_number(unit, now):
    send(now)

    with pytest.raises(TooMany) as refused:
        send(now + timedelta(seconds=40))

    assert (refused.value.code, refused.value.retry_after) == ("too_often_code_number_minute", 20)


def test_are_rationed_to_five_an_hour_a_number(unit, now):
    for number in range(5):
        send(now + number * MINUTE)

    with pytest.raises(TooMany) as refused:
        send(now + 5 * MINUTE)

    assert refused.value.code == "too_often_code_number_hour"
    assert refused.value.params["minutes"] == 55
    assert send(now + 60 * MINUTE)


def test_are_rationed_by_address(unit, now):
    for number in range(20):
        send(now, f"139000011{number:02}")

    with pytest.raises(TooMany) as refused:
        send(now, "13900001199")

    assert refused.value.code == "too_often_code_address"
    assert send(now, "13900001198", address="203.0.113.8")


def test_are_not_withheld_from_a_village_behind_one_address(unit, now, with_settings):
    with_settings(trusted_sites=("203.0.113.0/24",))

    for number in range(60):
        assert send(now, f"139000011{number:02}")


def test_an_address_that_is_none_is_no_village(unit, now, with_settings):
    with_settings(trusted_sites=("203.0.113.0/24",))

    assert send(now, address="")


def test_are_rationed_for_the_whole_site_as_the_place_says(unit, now, with_settings, tmp_path):
    (tmp_path / "limits.toml").write_text("[code_site]\nhits = 2\nseconds = 60\n")
    with_settings(rules_dir=str(tmp_path))
    send(now, "13900001111", "203.0.113.1")
    send(now, "13900002222", "203.0.113.2")

    with pytest.raises(TooMany) as refused:
        send(now, "13900003333", "203.0.113.3")

    assert refused.value.code == "too_often_code_site"


def test_a_place_that_says_nothing_keeps_our_limits(unit, now, with_settings, tmp_path):
    with_settings(rules_dir=str(tmp_path))
    send(now)

    with pytest.raises(TooMany):
        send(now)


def test_counters_name_nobody(unit, now):
    send(now)

    for key in session().scalars(select(Throttle.key)):
        assert "13900001111" not in key
        assert HOME not in key


def test_are_said_in_words_that_name_no_matter(unit, now, sent_code):
    sms.use(texter := sms.Memory())
    sent = send(now)
    errand = session().scalars(select(Errand)).one()

    jobs.send_code(errand.payload, now=now)
    jobs.send_code(errand.payload, now=now + 5 * MINUTE)

    sms.use(None)
    assert [text.phone for text in texter.outgoing] == ["13900001111"]
    assert sent_code(sent.request) in texter.outgoing[0].text
    assert "法律" not in texter.outgoing[0].text


def test_are_forgotten_soon(unit, now, opened):
    send(now)

    jobs.sweep({}, now=now + timedelta(minutes=14))
    assert session().scalar(select(func.count()).select_from(OneTimeCode)) == 1

    jobs.sweep({}, now=now + timedelta(days=300))
    for table in OneTimeCode, Throttle, SignIn:
        assert session().scalar(select(func.count()).select_from(table)) == 0
