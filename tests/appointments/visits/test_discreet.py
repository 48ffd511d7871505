"""Texts about visits: no stranger's words in them, none at night, and what was overtaken is not sent."""

import pytest
from sqlalchemy import select

from appointments import booking
from appointments.models.home_visit import HomeVisit
from appointments.visits import jobs, ordering
from appointments.visits.form import Where, Whom
from appointments.visits.wishes import Relation
from core import sms
from core.db import session
from core.identity import ANYONE
from core.outbox import Errand
from tests.appointments.town import NOW, at
from tests.appointments.visits.village import SIGNED_IN, home, ordered, wanted

MOTHER = Whom("老王", "13800000009", Relation.FAMILY, agreed=True)


@pytest.fixture
def texts():
    with sms.noting() as noted:
        yield noted


def left(kind):
    return session().scalars(select(Errand).where(Errand.kind == kind).order_by(Errand.due_at)).all()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("王女士", "王女士"),
        ("阿依·古丽", "阿依·古丽"),
        ("【法院】账户已冻结 evil.cn/1", "有人"),
        ("请加微信88776655办理", "有人"),
        ("您的医保卡已停用请速联系我们办理", "有人"),
    ],
)
def test_nobody_sends_words_of_their_own_to_a_number_that_is_not_theirs(citizen, texts, name, said):
    made = ordering.order(citizen, wanted(whom=MOTHER, name=name), SIGNED_IN, now=NOW)
    (errand,) = left("visit.visitee_told")

    jobs.tell_visitee(errand.payload, now=NOW)

    assert texts[0].text.startswith(f"{said}替您约了工作人员：")
    assert made.name == name


def test_whoever_is_visited_is_not_woken_and_told_once_of_what_then_stands(citizen, texts):
    made = ordering.order(citizen, wanted(at("10:00", 2), whom=MOTHER), SIGNED_IN, now=at("22:30"))
    ordering.change(ANYONE, made.link, at("14:00", 2), now=at("22:40"))
    errands = left("visit.visitee_told")

    assert {one.due_at for one in errands} == {at("08:00", 1)}
    for one in errands:
        jobs.tell_visitee(one.payload, now=at("08:00", 1))
    assert ["14:00" in one.text for one in texts] == [True]


def test_who_is_reached_at_another_time_hears_of_it_in_the_morning(citizen):
    first = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)
    second = ordered(at("11:00", ahead=1), where=Where(home(0.06), "别处 1 号"))
    session().get_one(HomeVisit, second.id).told_arrival -= 45

    booking.cancel(ANYONE, first.link, now=at("22:00"))

    assert [one.due_at for one in left("visit.moved")] == [at("08:00", 1)]
