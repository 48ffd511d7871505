"""The whole service while its database does not answer: quick, honest, and back by itself (TRUST R7)."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

WITHOUT_DATABASE = ("/", "/help", "/healthz", "/robots.txt")
AT_ONCE = 8  # people who wait for the database meanwhile


@pytest.fixture
def served(house_on, cluster):
    made = house_on(cluster.url)
    made.start()
    return made


def get(house, path):
    """Give the answer and how long it took."""
    began = time.monotonic()
    answer = requests.get(house.adapter.base + path, timeout=30)
    return answer, time.monotonic() - began


def send_code(house, number):
    began = time.monotonic()
    answer = house.adapter.do("SendCode", {"phone": f"138000003{number:02}"})
    return answer, time.monotonic() - began


def test_lives_on_while_the_database_is_frozen_and_comes_back(served, cluster):
    home, _ = get(served, "/")
    style = home.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert get(served, "/readyz")[0].status_code == 200
    assert send_code(served, 0)[0].json()["data"]["sendCode"]["codeRequest"]

    cluster.freeze()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        waiting = [crowd.submit(send_code, served, number) for number in range(1, AT_ONCE)]
        for path in (*WITHOUT_DATABASE, style):
            answer, took = get(served, path)
            assert (answer.status_code, took < 2) == (200, True), (path, took)
        assert get(served, "/readyz")[0].status_code == 503
        refused = [one.result() for one in waiting]
    cluster.thaw()

    for answer, took in refused:
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.json()["errors"][0]["extensions"]["code"] == "database_unavailable"
        assert took < 6
    served.until(lambda: served.answers("/readyz"), 10)
    assert send_code(served, AT_ONCE)[0].json()["data"]["sendCode"]["codeRequest"]


def test_says_so_on_a_page_that_needs_the_database(served, cluster):
    cluster.freeze()
    answer, took = get(served, "/stations")
    cluster.thaw()

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "12348" in answer.text
    assert took < 6
