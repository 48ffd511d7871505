"""Many clients, one team, one day, all at once: nobody is promised what the team cannot keep (B07)."""

import random
import threading

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from appointments import booking
from appointments.models.home_visit import HomeVisit, VisitStop
from appointments.visits import kept, ordering, reach, roster
from appointments.visits.form import Where
from appointments.visits.ordering import Gone
from core.db import keep, reading, session
from tests.appointments import town
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import SIGNED_IN, TUESDAY, home, wanted

CLIENTS = 24
CLOCKS = ("10:00", "11:00", "13:00", "14:00", "15:00")


@pytest.fixture
def people(house):
    def work():
        town.put_up()
        village.put_up()
        return [town.citizen(f"139{number:08}") for number in range(CLIENTS)]

    return keep(work)


def each(people, work):
    """Have everybody do something at the same moment; give what came of it."""
    gate, done = threading.Barrier(len(people)), []

    def run(number, actor):
        gate.wait()
        done.append(keep(lambda: work(number, actor)))

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_nobody_is_promised_what_the_team_cannot_keep(people):
    drawn = random.Random(20261122)  # noqa: S311  # the same places every time
    wishes = [(drawn.choice(CLOCKS), home_of(drawn)) for _ in people]

    def order(number, actor):
        clock, (north, east) = wishes[number]
        where = Where(home(north, east), f"幸福路 {number} 号")
        return ordering.order(actor, wanted(at(clock, ahead=1), where=where), SIGNED_IN, now=NOW)

    done = each(people, order)

    made = [one for one in done if not isinstance(one, Gone)]
    assert len(done) == CLIENTS
    assert 3 <= len(made) <= 5
    assert_kept({one.id for one in made})


def test_who_moves_and_who_leaves_at_the_same_moment_lets_nobody_down(people):
    made = keep(
        lambda: [ordering.order(people[n], wanted(at(c, ahead=1)), SIGNED_IN, now=NOW) for n, c in enumerate(CLOCKS)]
    )
    acts = [
        lambda: booking.cancel(people[0], made[0].link, now=NOW),
        lambda: ordering.change(people[1], made[1].link, at("10:00", ahead=1), now=NOW),
        lambda: ordering.change(people[2], made[2].link, at("11:00", ahead=2), now=NOW),
        lambda: ordering.order(people[5], wanted(at("13:00", ahead=1)), SIGNED_IN, now=NOW),
    ]

    each(people[: len(acts)], lambda number, _actor: acts[number]())

    with reading():
        standing = select(HomeVisit.appointment_id).where(HomeVisit.on == TUESDAY)
        everybody = set(session().scalars(standing)) - {made[0].id}
    assert_kept(everybody)


def test_the_database_refuses_a_day_that_breaks_a_promise(people):
    first = keep(lambda: ordering.order(people[0], wanted(), SIGNED_IN, now=NOW))
    second = keep(lambda: ordering.order(people[1], wanted(at("14:00", ahead=1)), SIGNED_IN, now=NOW))
    with reading():
        stop = session().scalars(select(VisitStop).where(VisitStop.appointment_id == second.id)).one()
        row = {column.name: getattr(stop, column.name) for column in VisitStop.__table__.columns}
    keep(lambda: kept.write("team0", TUESDAY, *of_one(first)))

    for wrong in (
        {"arrives": row["window_until"] + 1, "leaves": row["leaves"] + 60},
        {"free_at": row["free_at"] - 1},
        {"way": row["arrives"]},
        {"previous": None},
    ):
        with pytest.raises(IntegrityError):
            keep(lambda wrong=wrong: session().execute(insert(VisitStop).values(row | wrong)))


def home_of(drawn):
    """Draw where somebody lives, as far as a quarter of an hour away."""
    return drawn.uniform(-0.04, 0.04), drawn.uniform(-0.04, 0.04)


def of_one(made):
    """Plan the day of the first alone."""
    held = kept.read(["team0"], TUESDAY, TUESDAY)["team0", TUESDAY]
    alone = kept.Kept(held.span, held.pace, held.stops[:1], held.spots[:1])
    return alone, kept.planned(alone, roster.teams(["team0"])["team0"].base, roster.roads(village.COUNTY))


def assert_kept(standing):
    """See that the day holds together and holds exactly those who were promised."""
    with reading():
        held = kept.read(["team0"], TUESDAY, TUESDAY)["team0", TUESDAY]
        team, roads = roster.teams(["team0"])["team0"], roster.roads(village.COUNTY)
        assert {stop.key for stop in held.stops} == standing
        assert reach.is_kept(held.laid_out(team.base, roads))
        assert kept.planned(held, team.base, roads, in_order=True)
