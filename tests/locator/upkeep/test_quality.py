import dataclasses
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core import settings
from core.db import session
from core.errors import Forbidden, Malformed, NotFound, NotSignedIn
from core.identity import ANYONE
from locator import version
from locator.models import Confirmation, Station
from locator.upkeep import entry, quality, queries
from locator.upkeep.quality import Score
from locator.upkeep.queries import DirectoryPile
from tests.locator.upkeep.files import applied, office
from tests.locator.upkeep.test_import import DEMO

TODAY = date(2026, 11, 23)


@pytest.fixture
def with_settings():
    before = settings.current()
    yield lambda **changed: settings.use(dataclasses.replace(before, **changed))
    settings.use(before)


@pytest.fixture
def demo(country):
    return session().get_one(Station, DEMO)


def asked():
    return session().scalar(select(func.count()).select_from(Confirmation))


def test_weighs_what_an_entry_says(country, keeper, now):
    applied(office(), actor=keeper, now=now)
    (kept,) = queries.page(keeper, DirectoryPile.ALL, office()["name"], first=9, now=now)

    assert kept.score == Score(65, ["准确位置", "无障碍设施", "服务语言", "怎么去"])
    assert kept.is_stale


def test_the_weights_are_data(demo, with_settings, tmp_path):
    said = entry.standing([DEMO])[DEMO]
    before = quality.score(said)
    (tmp_path / "quality.toml").write_text('[[part]]\ncode = "transport"\nlabel = "怎么去"\nweight = 1\n')

    with_settings(rules_dir=str(tmp_path))

    assert quality.score(said) == Score(0, ["怎么去"]) != before


def test_a_rules_folder_without_the_file_changes_nothing(demo, with_settings, tmp_path):
    said = entry.standing([DEMO])[DEMO]
    before = quality.score(said)

    with_settings(rules_dir=str(tmp_path / "empty"))

    assert quality.score(said) == before


def test_grows_old_after_as_many_days_as_are_set(with_settings):
    with_settings(confirm_days=90)

    assert not quality.is_stale(TODAY - timedelta(days=90), today=TODAY)
    assert quality.is_stale(TODAY - timedelta(days=91), today=TODAY)
    assert quality.is_stale(None, today=TODAY)


def test_asks_every_office_once_and_no_longer_than_needed(demo, clerk, now):
    quality.ask({}, now=now)
    everybody = asked()
    assert everybody == session().scalar(select(func.count()).select_from(Station).where(Station.retired_on.is_(None)))
    quality.ask({}, now=now + timedelta(days=1))
    assert asked() == everybody
    assert session().get_one(Confirmation, DEMO).asked_on == TODAY

    quality.confirm(clerk, demo.code, now=now)
    other = session().get_one(Station, "demo-430211-0")
    other.retired_on = TODAY
    session().flush()
    quality.ask({}, now=now)

    assert asked() == everybody - 2
    quality.ask({}, now=now + timedelta(days=91))
    assert asked() == everybody - 1


def test_confirming_counts_at_once_and_takes_it_off_the_list(demo, clerk, now):
    quality.ask({}, now=now)
    before = queries.count(clerk, DirectoryPile.PLEASE_CONFIRM)

    quality.confirm(clerk, demo.code, now=now)

    assert (demo.confirmed_on, demo.changed_in) == (TODAY, version.current())
    assert queries.count(clerk, DirectoryPile.PLEASE_CONFIRM) == before - 1
    assert queries.count(clerk, DirectoryPile.ALL) == before
    kept = queries.find(clerk, demo.code, now=now)
    assert (kept.is_stale, kept.asked_on, kept.confirmed_on) == (False, None, TODAY)


def test_lists_those_of_the_region_longest_unconfirmed_first(demo, clerk, now):
    quality.ask({}, now=now)
    quality.confirm(clerk, demo.code, now=now)

    everybody = queries.page(clerk, DirectoryPile.ALL, "", first=99, now=now)
    assert everybody[-1].entry["id"] == DEMO
    one = queries.page(clerk, DirectoryPile.ALL, "", first=1, now=now)[0]
    rest = queries.page(clerk, DirectoryPile.ALL, "", first=99, after=[queries.NEVER, one.entry["id"]], now=now)
    assert [found.entry["id"] for found in (one, *rest)] == [found.entry["id"] for found in everybody]
    assert DEMO not in {
        found.entry["id"] for found in queries.page(clerk, DirectoryPile.PLEASE_CONFIRM, "", first=99, now=now)
    }
    assert queries.page(clerk, DirectoryPile.ALL, "%", first=9, now=now) == []
    for odd in ([1], ["x", "y"], [1, 2]):
        with pytest.raises(Malformed, match="cursor_unknown"):
            queries.page(clerk, DirectoryPile.ALL, "", first=9, after=odd, now=now)


def test_is_nobody_elses_business(demo, supervisor, neighbour, now):
    for stranger, refused in ((neighbour, NotFound), (supervisor, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refused):
            quality.confirm(stranger, demo.code, now=now)
    for stranger, refused in ((supervisor, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refused):
            queries.page(stranger, DirectoryPile.ALL, "", first=1, now=now)
        with pytest.raises(refused):
            queries.count(stranger, DirectoryPile.ALL)
    assert DEMO not in {one.entry["id"] for one in queries.page(neighbour, DirectoryPile.ALL, "", first=99, now=now)}
