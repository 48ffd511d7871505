"""The pages of signing in for staff, and of who is who."""

from tests.accounts.browsing import heading


def test_staff_come_in_with_both_factors(browser):
    wrong = browser.submit("/desk/sign-in", "/desk/sign-in", username="admin", password="secret-word", totp="1")
    assert wrong.status_code == 422
    assert "secret-word" not in wrong.text
    assert 'value="admin"' in wrong.text

    assert browser.sign_in_as("admin").location == "/desk"
    assert "系统管理员" in browser.get("/account").text
    assert browser.get("/desk/sign-in").location == "/desk"


def test_staff_without_cases_begin_where_they_work(browser):
    assert browser.sign_in_as("admin").location == "/desk"

    assert browser.get("/desk").location == "/desk/places"


def test_too_many_tries_are_answered_on_the_page(browser):
    for _ in range(10):
        browser.submit("/desk/sign-in", "/desk/sign-in", username="clerk", password="x", totp="1")

    answer = browser.submit("/desk/sign-in", "/desk/sign-in", username="clerk", password="x", totp="1")

    assert (answer.status_code, heading(answer)) == (429, "工作台登录")


def test_staff_come_back_to_the_desk_alone(browser):
    assert browser.get("/desk/people").location == "/desk/sign-in"
    assert browser.sign_in_as("admin").location == "/desk/people"


def test_an_administrator_confirms_revokes_and_shuts_out(browser):
    browser.sign_in_as("admin")
    assert "待确认" in browser.get("/desk/people").text

    assert browser.submit("/desk/people", "/desk/people/confirm").status_code == 303
    assert "待确认" not in browser.get("/desk/people").text
    no_reason = browser.submit("/desk/people", "/desk/people/revoke", reason="")
    assert (no_reason.status_code, "请写明理由" in no_reason.text) == (422, True)
    assert browser.submit("/desk/people", "/desk/people/revoke", reason="轮岗").status_code == 303
    assert browser.submit("/desk/people", "/desk/people/disable", reason="离职").status_code == 303
    assert "已停用" in browser.get("/desk/people").text


def test_the_page_of_people_is_nobody_elses_business(browser):
    browser.sign_in()
    assert browser.get("/desk/people").status_code == 403
