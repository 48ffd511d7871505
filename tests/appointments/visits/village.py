"""Two teams at the town's centre, and people in the country round it who cannot come."""

from datetime import date, timedelta

from sqlalchemy import select

from appointments.booking import Proof
from appointments.models.home_visit import HomeVisit, VisitRound, VisitStop
from appointments.models.team import VisitAbsence, VisitShift, VisitTeam, VisitWorker
from appointments.needs import AccessNeed
from appointments.visits import ordering, roster, times
from appointments.visits.form import VisitOrder, Where, Whom
from appointments.visits.wishes import Reason, Relation, Wishes
from core.db import session
from locator.coords import Datum, Position
from tests.appointments import town
from tests.appointments.town import NOW, at

SIGNED_IN = Proof()
COUNTY = "430211"
TUESDAY = date(2026, 11, 24)
__all__ = ["Relation", "Where", "Whom"]


def put_up(*, teams=1, opens=540, closes=1020):
    """Put teams up, two workers each."""
    for number in range(teams):
        team(f"team{number}", opens=opens, closes=closes)


def team(which, *, opens=540, closes=1020, base="near", workers=2, **given):
    """Put a team up."""
    session().add(VisitTeam(id=which, station_id=base, area_code=COUNTY, name=f"{which} 上门小组"))
    session().flush()
    for number in range(workers):
        worker(f"{which}-{number}", which, **given)
    shift = {"weekdays": "01234", "first_on": date(2026, 1, 1), "opens": opens, "closes": closes}
    session().add(VisitShift(team_id=which, **shift))
    session().flush()


def worker(which, team_id, **given):
    """Put somebody in a team."""
    told = {"is_woman": False, "signs": False, "languages": [], "specialties": [], **given}
    session().add(VisitWorker(id=which, team_id=team_id, name="周敏", work_number=which, **told))


def away(team_id, worker_id, first, last=None):
    """Have somebody be away; nobody named: the whole team."""
    session().add(VisitAbsence(team_id=team_id, worker_id=worker_id, first_on=first, last_on=last or first))
    session().flush()


def home(north=0.0, east=0.0, *, exact=True):
    """Give a home so many degrees from the base."""
    return times.home(COUNTY, Position(27.80 + north, 113.1 + east, Datum.WGS84), is_exact=exact)


def wanted(starts_at=None, *, where=None, whom=None, wishes=None, **given):
    """Say what somebody orders: the window of Tuesday at ten, near the base."""
    usual = {"name": "王女士", "reasons": (Reason.DISABILITY,), "starts_at": starts_at or at("10:00", ahead=1)}
    place = where or Where(home(), "幸福路 3 号", "按二楼的铃")
    wishes = wishes or Wishes(needs=frozenset({AccessNeed.WHEELCHAIR}))
    return VisitOrder(**{**usual, "whom": whom or Whom("王女士"), "where": place, "wishes": wishes, **given})


def ordered(starts_at=None, number="13900000001", **given):
    """Have somebody order a visit."""
    return ordering.order(town.citizen(number), wanted(starts_at, **given), SIGNED_IN, now=NOW)


def offered(wanted_order=None, first=TUESDAY, days=1):
    """Give the windows of some days, as they are said."""
    found = times.days((wanted_order or wanted()).asked, first, days, now=NOW)
    return [
        f"{one.starts_at.astimezone(NOW.tzinfo) + timedelta(hours=8):%H:%M}" for day in found for one in day.arrivals
    ]


def stops(team_id="team0", on=TUESDAY):
    """Give a team's day in order: (appointment, arrives)."""
    asked = select(VisitStop.appointment_id, VisitStop.arrives).where(VisitStop.team_id == team_id, VisitStop.on == on)
    return [tuple(row) for row in session().execute(asked.order_by(VisitStop.number))]


def visit(made):
    """Give what is known of a visit."""
    return session().get_one(HomeVisit, made.id)


def round_of(team_id="team0", on=TUESDAY):
    """Give a team's day."""
    return session().get_one(VisitRound, (team_id, on), populate_existing=True)


def every_visit():
    """Ask for every visit."""
    return select(HomeVisit)


def roster_of(team_id):
    """Give a team as it is read."""
    return roster.teams([team_id])[team_id]


def way_to(found):
    """Give the minutes a way was estimated at."""
    return session().scalar(select(VisitStop.way).where(VisitStop.appointment_id == found.appointment_id))


def visit_of(on):
    """Give the one visit of a day."""
    return session().scalars(select(HomeVisit).where(HomeVisit.on == on)).one()
