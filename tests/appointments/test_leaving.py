from accounts.models import Consent
from appointments import booking, leaving, takeout
from appointments.models import Appointment
from appointments.models.home_visit import AccessProfile
from appointments.visits import profile
from appointments.visits.profile import EDITION, Profile
from core.db import session
from tests.appointments import town


def test_what_was_kept_for_somebody_goes_and_what_is_ordered_stays(citizen, neighbour):
    town.seats(2)
    mine, theirs = (
        booking.book(citizen, town.order(), town.SIGNED_IN, now=town.NOW),
        booking.book(neighbour, town.order(name="李先生"), town.SIGNED_IN, now=town.NOW),
    )
    for who in (citizen, neighbour):
        profile.save(who, Profile(address="3 栋"), EDITION, now=town.NOW)
    session().flush()

    leaving.forget_account({"person_id": citizen.id}, now=town.NOW)
    session().expire_all()

    assert session().get_one(Appointment, mine.id).person_id is None
    assert session().get_one(Appointment, mine.id).state == "booked"
    assert session().get_one(Appointment, theirs.id).person_id == neighbour.id
    assert [one.person_id for one in session().query(AccessProfile)] == [neighbour.id]


def test_everything_held_is_given_to_whoever_it_is_about(citizen, neighbour):
    town.seats(2)
    mine = booking.book(citizen, town.order(), town.SIGNED_IN, now=town.NOW)
    booking.book(neighbour, town.order(name="李先生"), town.SIGNED_IN, now=town.NOW)
    profile.save(citizen, Profile(address="3 栋"), EDITION, now=town.NOW)
    session().flush()

    said = takeout.mine(citizen)

    assert [one["reference"] for one in said["appointments"]] == [mine.reference]
    assert said["needs"][0]["said"]["address"] == "3 栋"
    assert said["visit_requests"] == said["waiting"] == []
    assert takeout.mine(neighbour)["needs"] == []


def test_agreeing_to_be_remembered_stands_in_the_ledger(citizen):
    profile.save(citizen, Profile(), EDITION, now=town.NOW)
    profile.forget(citizen, now=town.NOW)
    session().expire_all()

    (one,) = session().query(Consent)
    assert (one.purpose, one.words, one.withdrawn_at) == ("access_needs", profile.WORDS, town.NOW)
