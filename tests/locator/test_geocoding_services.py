"""Map services over a real socket: what they say is turned into our frame, and nothing they do is anybody's trouble."""

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.distance import geodesic
from geopy.exc import GeocoderTimedOut, GeopyError

import core.logs
from core import settings as house
from core.sms import Breaker
from locator import geocoding
from locator.geocoding import looking
from locator.geocoding.services import Baidu, Tencent, Tianditu

CHANGSHA = (28.196000, 112.976200)  # RULEBOOK CO-6, WGS-84
GCJ = {"lat": 28.192578, "lng": 112.981755}
BD = {"lat": 28.198239, "lng": 112.988332}
ADDRESS = "湖南省长沙市芙蓉区五一大道九百九十九号"
KEY = "AAAAA-BBBBB"
LOOPBACK = ("127.0.0.0/8",)


class Twin(BaseHTTPRequestHandler):
    """Answers as the three services do, or as badly as one likes."""

    answers, asked, fault = {}, [], None

    def do_GET(self):  # the library's name
        parts = urlsplit(self.path)
        type(self).asked.append((parts.path, parse_qs(parts.query)))
        if self.fault:
            self.fault()
            return
        self.say(200, json.dumps(self.answers[parts.path]).encode())

    def say(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def twin():
    class Mine(Twin):
        """One of its own for each test."""

    Mine.asked = []
    Mine.answers = {
        "/geocoder": {"status": "0", "location": {"lat": CHANGSHA[0], "lon": str(CHANGSHA[1])}},
        "/ws/geocoder/v1/": {"status": 0, "result": {"title": "五一大道", "location": GCJ}},
        "/geocoding/v3/": {"status": 0, "result": {"location": BD, "level": "门址"}},
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), Mine)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    Mine.origin = f"http://127.0.0.1:{server.server_port}"
    yield Mine
    server.shutdown()
    server.server_close()
    thread.join()


SERVICES = [(Tianditu, "ds"), (Tencent, "address"), (Baidu, "address")]


@pytest.mark.parametrize(("service", "name"), SERVICES)
def test_gives_a_point_in_our_frame(twin, service, name):
    found = service(KEY, origin=twin.origin, inside=LOOPBACK).geocode(ADDRESS)

    assert geodesic((found.latitude, found.longitude), CHANGSHA).m < 0.2
    assert found.address == ADDRESS
    ((_, asked),) = twin.asked
    assert ADDRESS in asked[name][0]
    assert [KEY] in asked.values()


@pytest.mark.parametrize(("service", "_name"), SERVICES)
def test_gives_several_where_several_are_asked_for(twin, service, _name):
    assert len(service(KEY, origin=twin.origin, inside=LOOPBACK).geocode(ADDRESS, exactly_one=False)) == 1


@pytest.mark.parametrize(
    ("service", "path", "answer"),
    [
        (Tianditu, "/geocoder", {"status": "101", "msg": "empty"}),
        (Tencent, "/ws/geocoder/v1/", {"status": 347, "message": "查询无结果"}),
        (Baidu, "/geocoding/v3/", {"status": 0, "result": []}),
    ],
)
@pytest.mark.parametrize("exactly_one", [True, False])
def test_gives_nothing_where_a_service_knows_nothing(twin, service, path, answer, exactly_one):
    twin.answers[path] = answer

    assert service(KEY, origin=twin.origin, inside=LOOPBACK).geocode(ADDRESS, exactly_one=exactly_one) is None


def redirected(self):
    self.say(302, b"", Location=f"{type(self).origin}/elsewhere")


def failing(self):
    self.say(500, ADDRESS.encode())


def garbled(self):
    self.say(200, b"\xff\xfe")


def no_json(self):
    self.say(200, ADDRESS.encode())


def endless(self):
    self.say(200, b"x" * 200_000)


def hung_up(self):
    self.close_connection = True


def silent(self):
    threading.Event().wait(1.0)


def dripping(self):
    self.send_response(200)
    self.end_headers()
    for _ in range(20):
        self.wfile.write(b" " * 9000)
        threading.Event().wait(0.05)


def slow_body(self):
    self.send_response(200)
    self.send_header("Content-Length", "1000")
    self.end_headers()
    drip(self, b" ")


def slow_header(self):
    self.send_response(200)
    self.flush_headers()
    drip(self, b"X-Drip: 1\r\n")


def drip(self, what):
    try:
        for _ in range(20):
            self.wfile.write(what)
            threading.Event().wait(0.1)
    except OSError:
        self.close_connection = True  # whoever asked has hung up


FAULTS = [redirected, failing, garbled, no_json, endless, hung_up, silent, dripping, slow_body, slow_header]
LATE = [silent, dripping, slow_body, slow_header]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("service", "_name"), SERVICES)
def test_fails_in_one_way_whatever_goes_wrong(twin, service, _name, fault):
    twin.fault = fault

    with pytest.raises(GeopyError) as failed:
        service(KEY, origin=twin.origin, inside=LOOPBACK, seconds=0.3).geocode(ADDRESS)

    assert ADDRESS not in repr(failed.value)
    assert KEY not in repr(failed.value)
    assert isinstance(failed.value, GeocoderTimedOut) == (fault in LATE)
    assert [path for path, _ in twin.asked].count("/elsewhere") == 0


@pytest.mark.parametrize("answer", [{"status": 121}, {"status": "404"}, {"status": 2, "result": {"location": {}}}, []])
@pytest.mark.parametrize(("service", "_name"), SERVICES)
def test_takes_a_refusal_for_a_failure(twin, service, _name, answer):
    twin.answers = dict.fromkeys(twin.answers, answer)

    with pytest.raises(GeopyError):
        service(KEY, origin=twin.origin, inside=LOOPBACK).geocode(ADDRESS)


@pytest.mark.parametrize(("service", "_name"), SERVICES)
def test_takes_a_point_that_is_none_for_a_failure(twin, service, _name):
    nowhere = {"lat": "north", "lon": 1, "lng": {}}
    for status in ("0", 0):
        answer = {"status": status, "location": nowhere, "result": {"location": nowhere}}
        twin.answers = dict.fromkeys(twin.answers, answer)

        with pytest.raises(GeopyError):
            service(KEY, origin=twin.origin, inside=LOOPBACK).geocode(ADDRESS)


def test_asks_no_other_host(twin):
    service = Tianditu(KEY, origin=twin.origin, inside=LOOPBACK)

    with pytest.raises(GeopyError, match="another host"):
        service.adapter.get_text("http://169.254.169.254/latest", timeout=1, headers={})


@pytest.mark.parametrize(("service", "_name"), SERVICES)
def test_says_nothing_to_an_address_of_our_own_networks(twin, service, _name):
    with pytest.raises(GeopyError):
        service(KEY, origin=twin.origin).geocode(ADDRESS)

    assert twin.asked == []


@pytest.fixture
def outside(twin, settings, monkeypatch, db):
    """Look places up by a service, as the settings say; `outside("baidu")`."""

    def use(name):
        changed = {"geocoder": name, "geocoder_key": KEY, "geocoder_url": twin.origin, "geocoder_networks": LOOPBACK}
        monkeypatch.setattr(house, "_settings", house.replace(settings, **changed))
        monkeypatch.setattr(looking, "_breaker", Breaker(failures=2, rest=60))

    return use


@pytest.mark.parametrize("name", ["tianditu", "tencent", "baidu"])
def test_asks_outside_for_an_address(outside, twin, unit, name):
    outside(name)

    found = geocoding.look_up(ADDRESS, 5)

    assert geodesic((found.places[0].lat, found.places[0].lon), CHANGSHA).m < 0.2
    assert found.source in {"天地图", "腾讯位置服务", "百度地图"}


@pytest.mark.parametrize("text", ["石峰区", "湖南省株洲市石峰区", "…", ""])
def test_asks_nobody_for_what_it_knows_itself(outside, twin, unit, text):
    outside("tianditu")

    found = geocoding.look_up(text, 5)

    assert twin.asked == []
    assert found.source == "本站地名库"


def test_answers_itself_where_nobody_answers_and_logs_no_word(outside, twin, unit, capfd, caplog):
    core.logs.configure()
    caplog.set_level(logging.DEBUG)
    twin.fault = failing
    outside("baidu")

    for _ in range(4):
        assert geocoding.look_up(ADDRESS, 5).source == "本站地名库"

    assert len(twin.asked) == 2, "a service that keeps failing is left alone"
    said = "".join(capfd.readouterr()) + caplog.text
    assert "geocoder.away" in said
    assert "五一大道" not in said
    assert KEY not in said


def test_answers_itself_where_a_service_knows_nothing_or_points_abroad(outside, twin, unit):
    outside("tianditu")
    twin.answers["/geocoder"] = {"status": "101"}
    assert geocoding.look_up(ADDRESS, 5).source == "本站地名库"

    twin.answers["/geocoder"] = {"status": "0", "location": {"lat": 51.5, "lon": -0.1}}
    assert geocoding.look_up(ADDRESS, 5).source == "本站地名库"
