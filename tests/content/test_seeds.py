"""The pages that come with the house are fit to be read, and cite what there is."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from content import citations, guards, laws, markdown, seeds
from content.kinds import GROUPS, Kind
from content.models import Article, Citation, Publication
from content.said import Said
from content.search.finding import find
from core import deadline
from core.db import session, transaction
from core.identity import SYSTEM

SEEDS = list(seeds.read())
EIGHT = ["migrant_workers", "women", "minors", "elderly", "disabled", "military", "veterans", "new_employment"]


def said(seed):
    return Said(seed.title, seed.summary, seed.body, seed.fields, seed.groups, seed.topics)


def test_every_group_finds_three_pages_of_two_kinds_at_least():
    assert len(SEEDS) >= 24
    for group in EIGHT:
        mine = [seed for seed in SEEDS if group in seed.groups]
        assert len(mine) >= 3, group
        assert len({seed.kind for seed in mine}) >= 2, group
    assert set(EIGHT) < set(GROUPS)
    assert len(Counter(seed.kind for seed in SEEDS)) >= 6


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.slug)
def test_nothing_the_desk_would_stop_is_in_them(seed):
    found = guards.examine(Kind(seed.kind), said(seed), cites="《" in seed.body)

    assert [(one.code, one.passage) for one in found if one.weight is guards.Weight.STOPS] == []
    assert markdown.faults(seed.body) == []
    assert seed.body == markdown.tidy(seed.body)


def test_every_law_they_cite_is_on_our_list(unit, now):
    laws.load(SYSTEM, now=now)
    titles = laws.titles()

    assert {seed.slug: gone for seed in SEEDS if (gone := citations.unknown_in(seed.body, titles))} == {}
    assert all(citations.found_in(seed.body, titles) for seed in SEEDS if seed.kind != "leaflet" or "《" in seed.body)


@pytest.fixture
def patient(db):
    """A unit of work for what takes a while on a busy machine."""
    with deadline.running(120), transaction() as current:
        yield current


def test_are_put_on_the_shelf_once(patient, now):
    laws.load(SYSTEM, now=now)

    assert seeds.load(now=now) == seeds.load(now=now) == len(SEEDS)

    assert session().scalar(select(func.count()).select_from(Article).where(Article.is_sample)) == len(SEEDS)
    assert session().scalar(select(func.count()).select_from(Publication)) == len(SEEDS)
    assert session().scalar(select(func.count()).select_from(Citation)) > 60
    assert len(find("讨薪", now=now).revisions) >= 3
    assert find("taoxin", now=now).revisions == find("讨薪", now=now).revisions


def test_a_group_nobody_knows_is_a_mistake():
    with pytest.raises(ValueError, match="everybody"):
        seeds.parsed("x", "---\ntitle: x\nkind: faq\ngroups: everybody\ntopics: wages\nsummary: y\n---\nz")
