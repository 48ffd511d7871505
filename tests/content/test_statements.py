"""What an office says of itself: by whoever keeps it, not too long, and what is missing is named."""

import pytest

from content import statements
from content.statements import Said
from core.db import session
from core.errors import Forbidden, NotFound, Rejected
from core.identity import Permission
from locator import queries as places
from locator.models import Station, Venue
from tests import make
from tests.content import newsroom

CODE = "AAAA-0001"
KEEPER = make.staff("4302", frozenset({Permission.DIRECTORY_EDIT}), "keeper-1")
STRANGER = make.staff("4301", frozenset({Permission.DIRECTORY_EDIT}), "elsewhere")


@pytest.fixture
def office(desk):
    """An office that has a telephone and has said nothing yet."""
    told = {"division_code": "430211"}
    session().add(Venue(id="near", address="天元路 1 号", lat=27.8, lon=113.1, geo_quality="surveyed", **told))
    session().flush()
    named = {"code": CODE, "name": "天元中心", "kind": "legal_aid_centre", "services": [], "source": "test"}
    shown = {"level": "county_centre", "phone": "12348", "hours": "WD 09:00-17:00", "slots_an_hour": 2}
    session().add(Station(id="near", venue_id="near", **told, **named, **shown))
    session().flush()
    places.forget()


def missing(now):
    ((row,), (gap,)) = statements.gaps(KEEPER, first=5, after=None, now=now)
    assert row.id == gap.station.id == "near"
    return gap.missing


def test_an_office_says_how_it_is_supervised_and_may_say_it_anew(office, now):
    assert statements.opened(KEEPER, CODE) == Said()
    assert missing(now) == ("duty", "supervision", "promise")

    statements.state(KEEPER, CODE, Said(" 纪委电话 12388 ", "当天答复"), now=now)
    assert statements.opened(KEEPER, CODE) == Said("纪委电话 12388", "当天答复")
    assert missing(now) == ("duty",)

    statements.state(KEEPER, CODE, Said("", "当天答复"), now=now)
    assert missing(now) == ("duty", "supervision")


def test_it_is_not_too_long(office, now):
    with pytest.raises(Rejected) as rejected:
        statements.state(KEEPER, CODE, Said("长" * 301, "长" * 301), now=now)

    told = [(one.code, one.field) for one in rejected.value.problems]
    assert told == [("statement_too_long", "supervision"), ("statement_too_long", "promise")]
    assert statements.opened(KEEPER, CODE) == Said()


def test_no_other_office_says_it(office, now):
    for stranger, refusal in ((STRANGER, NotFound), (newsroom.EDITOR, Forbidden)):
        with pytest.raises(refusal):
            statements.opened(stranger, CODE)
        with pytest.raises(refusal):
            statements.state(stranger, CODE, Said("x", "y"), now=now)
    assert statements.gaps(STRANGER, first=5, after=None, now=now) == ([], [])
    with pytest.raises(Forbidden):
        statements.gaps(newsroom.EDITOR, first=5, after=None, now=now)
