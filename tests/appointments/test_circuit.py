"""Stops of the circuit: found and booked like any place on their day, told of, taken back, gone afterwards."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from api import execution
from api.viewer import Viewer
from appointments import booking, circuit, queries, refitting
from appointments.models.circuit import CircuitWatch
from appointments.offers import ServiceKind
from core.db import keep, session
from core.errors import Forbidden, NotSignedIn, Problem, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from locator import circuit as stops
from locator import nearby, origin, snapshot
from locator import queries as places
from locator.circuit import Stop
from locator.coords import Datum, Position
from locator.models import Station
from locator.upkeep import deviations
from locator.wish import Order, Wish
from tests.appointments import town
from tests.appointments.test_booking import proof
from tests.appointments.test_rotas import keeper
from tests.appointments.town import SIGNED_IN, at, order
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

HERE = Position(27.85, 113.15, Datum.WGS84)
ON = at(ahead=3).date()


@pytest.fixture(autouse=True)
def fresh():
    snapshot.forget()
    yield
    snapshot.forget()


@pytest.fixture
def texts(monkeypatch):
    sent = []
    monkeypatch.setattr("core.sms.send", lambda phone, text: sent.append((phone, text)))
    return sent


def stop(**given):
    usual = {"region": "430211", "name": "马家河集市", "address": "镇政府对面", "on": ON, "spans": "09:00-12:00"}
    return Stop(**{**usual, "phone": "0731-1234567", "position": HERE, **given})


def lay_out(now, **given):
    return circuit.lay_out(keeper(), stop(**given), 30, 2, now=now)


def free(code, now, first=ON, days=1):
    found = queries.free_times(code, ServiceKind.CIRCUIT, first, days, now=now).days
    return [[(f"{one.starts_at:%H:%M}", one.capacity) for one in day.slots] for day in found]


def test_a_stop_is_found_near_with_its_day_and_booked(citizen, now):
    made = lay_out(now)

    assert free(made.code, now, ON - timedelta(days=1), 3) == [
        [],
        [(clock, 2) for clock in ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")],
        [],
    ]
    near = nearby.Search(Wish(order=Order.DISTANCE), origin.at(HERE, None), now=now).page(1)[0]
    assert (near.station.code, near.station.kind_name) == (made.code, "法律援助巡回点")
    assert "11月26日" in near.station.opening.sentence
    given = {"station": made.code, "service": ServiceKind.CIRCUIT, "starts_at": at("09:00", 3)}
    assert booking.book(citizen, order(**given), SIGNED_IN, now=now).station_id == made.id


def test_the_same_place_again_keeps_its_code_and_two_stretches_are_two_shifts(here, now):
    made = lay_out(now)
    again = lay_out(now, on=ON + timedelta(days=7), spans="09:00-10:00，14:00-15:00")

    assert again.id == made.id
    assert [one.on for one in stops.ahead(keeper(), now=now)] == [ON, ON + timedelta(days=7)]
    times = [clock for clock, _ in free(made.code, now, ON + timedelta(days=7))[0]]
    assert times == ["09:00", "09:30", "14:00", "14:30"]


def test_all_that_is_wrong_is_said_at_once(here, now):
    wrong = {"region": "430281", "name": " ", "address": "长" * 121, "on": at(ahead=93).date(), "spans": "x"}
    with pytest.raises(Rejected) as rejected:
        lay_out(now, **wrong, position=Position(0, 0, Datum.WGS84))
    assert {one.field for one in rejected.value.problems} == {*wrong, "position"}
    lay_out(now)
    for given, field in (({}, "on"), ({"region": "999999"}, "region"), ({"spans": ""}, "spans")):
        with pytest.raises(Rejected) as rejected:
            lay_out(now, **given)
        assert rejected.value.problems[0].field == field


def test_where_no_point_is_known_it_stands_at_the_divisions_and_is_shown_as_about(here, now):
    made = places.station(which=lay_out(now, position=None).id)

    assert (made.geo_quality, made.lat is not None) == ("inherited", True)


def test_it_is_the_business_of_those_who_keep_the_region(citizen, now):
    with pytest.raises(Rejected):
        circuit.lay_out(keeper("430281"), stop(), 30, 1, now=now)
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (town.clerk(), Forbidden)):
        with pytest.raises(refusal):
            circuit.lay_out(stranger, stop(), 30, 1, now=now)
        with pytest.raises(refusal):
            circuit.wanted(stranger, now=now)
    lay_out(now)
    assert stops.ahead(keeper("430281"), now=now) == []


def test_a_day_that_is_taken_back_frees_those_who_ordered(citizen, now):
    made = lay_out(now)
    given = {"station": made.code, "service": ServiceKind.CIRCUIT, "starts_at": at("09:00", 3)}
    ordered = booking.book(citizen, order(**given), SIGNED_IN, now=now)
    (day,) = stops.of_station(made.id, now=now)
    deviations.remove(keeper(), day.deviation_id, now=now)
    for one in session().scalars(select(Errand).where(Errand.kind == "directory.closed")):
        refitting.after_a_closure(one.payload, now=now)

    assert ordered.state == "cancelled"


def test_a_stop_that_is_over_leaves_the_directory_and_comes_back_with_its_next_day(here, now):
    made = lay_out(now)
    stops.retire_past({}, now=now)
    assert made.retired_on is None
    later = now + timedelta(days=4)
    stops.retire_past({}, now=later)
    stops.retire_past({}, now=later)
    assert made.retired_on == (ON + timedelta(days=1))
    assert stops.ahead(keeper(), now=later) == []
    lay_out(later, on=ON + timedelta(days=7))
    assert session().get_one(Station, made.id).retired_on is None


def watch(now, number="13800000005", region="430211"):
    given = proof(now, number)
    return circuit.watch(ANYONE, region, given.request, given.code, now=now)


def spread(now):
    for kind, act in (("directory.stop_announced", circuit.spread), ("circuit.told", circuit.tell)):
        for one in session().scalars(select(Errand).where(Errand.kind == kind)).all():
            act(one.payload, now=now)


def test_those_who_asked_are_told_once_and_others_are_not(here, now, texts):
    mine, gone = watch(now), watch(now, "13800000006")
    watch(now, "13800000007", "430281")
    circuit.leave(ANYONE, gone.link, now=now)
    circuit.leave(ANYONE, gone.link, now=now)
    made = lay_out(now)
    spread(now)

    ((phone, text),) = texts
    assert phone == "13800000005"
    assert all(told in text for told in ("11月26日", "09:00-12:00", "马家河集市", f"/visits/at/{made.code}"))
    assert f"/circuit/of/{mine.link}" in text
    assert len(session().scalars(select(CircuitWatch)).all()) == 2


def test_a_day_that_is_taken_back_may_be_announced_again_and_is_told_once(here, now, texts):
    watch(now)
    made = lay_out(now)
    spread(now)
    (day,) = stops.of_station(made.id, now=now)
    deviations.remove(keeper(), day.deviation_id, now=now)
    watch(now, "13800000008")

    lay_out(now)
    session().flush()
    for one in session().scalars(select(Errand).where(Errand.kind == "directory.stop_announced")).all():
        circuit.spread(one.payload, now=now)
    session().flush()

    assert session().query(Errand).filter_by(kind="circuit.told").count() == 2
    assert len(texts) == 1


def test_nobody_is_told_of_a_day_that_was_taken_back_meanwhile(here, now, texts):
    watch(now)
    made = lay_out(now)
    (day,) = stops.of_station(made.id, now=now)
    deviations.remove(keeper(), day.deviation_id, now=now)
    spread(now)

    assert texts == []


def test_a_number_is_proven_and_noted_once(here, now):
    first = watch(now)
    assert watch(now + timedelta(minutes=2)).id == first.id
    given = proof(now + timedelta(minutes=4), "13800000005")
    wrong = circuit.watch(ANYONE, "430211", given.request, "000000", now=now)
    assert isinstance(wrong, Problem)
    for region, code in (("999999", "circuit_region_unknown"), ("43", "circuit_region_wide")):
        with pytest.raises(Rejected) as rejected:
            circuit.watch(ANYONE, region, given.request, given.code, now=now)
        assert rejected.value.problems[0].code == code


def test_a_stop_is_suggested_where_visits_pile_up_and_small_counts_are_never_said(here, now, monkeypatch):
    counted = {"430211": 5, "430281": 9, "000000": 7}
    assert circuit.wanted(keeper(), now=now) == []
    monkeypatch.setattr(
        circuit, "_visits", lambda _since: {code: n for code, n in counted.items() if n >= circuit.FEWEST}
    )

    (found,) = circuit.wanted(keeper(), now=now)
    assert (found.region.code, found.visits) == ("430211", 5)
    lay_out(now)
    assert circuit.wanted(keeper(), now=now) == []


def test_on_pages_a_stop_is_laid_out_and_somebody_asks_to_be_told(client, now):
    keep(town.put_up)
    browser = Browser(client)
    with time_machine.travel(now, tick=False):
        browser.look("/circuit")
        assert browser.fill("/circuit", place="", phone="13800000005").problems == ["#field-place"]
        assert browser.fill("/circuit", place="天元区", phone="1").problems == ["#field-phone"]
        browser.fill("/circuit", phone="13800000005")
        assert browser.heading == "填验证码"
        assert browser.fill("/circuit", code="1").problems == ["#field-code"]
        sent = keep(lambda: session().scalars(select(Errand).where(Errand.kind == "accounts.code_requested")).all())
        browser.fill("/circuit", code=max(sent, key=lambda one: one.due_at).payload["code"])
        assert "记下了" in browser.words
        browser.fill("/circuit/of")
        assert "以后不再发了" in browser.words
        assert browser.look(f"/circuit/of/{'x' * 41}").status == 404

        sign_staff_in(client, "station_clerk")
        browser.look("/desk/circuit")
        assert browser.fill("/desk/circuit", name="集市").status == 422
        assert browser.problems == ["#field-place"]
        day = {"on_year": "2026", "on_month": "11", "on_day": "26"}
        told = {"place": "天元区", "address": "镇政府对面", "phone": "12348", **day}
        assert browser.fill("/desk/circuit", **told, spans="x").problems == ["#field-spans"]
        browser.fill("/desk/circuit", spans="09:00-12:00")
        assert "排好了" in browser.words
        assert "2026年11月26日 星期四" in browser.words
    places.forget()


def test_the_mini_program_asks_the_same(client, now):
    keep(town.put_up)

    def ask(name, **given):
        viewer = Viewer(ANYONE, now, address="192.0.2.1")
        (answer,) = execution.run(viewer, name, input=given, idempotencyKey=f"{name}-00000000000").values()
        return answer

    told = ask("WatchStops", region="430211", codeRequest="x", code="123456")
    assert told["problems"][0]["field"] == "code"
    assert ask("LeaveStops", link="x")["left"] is True
    places.forget()
