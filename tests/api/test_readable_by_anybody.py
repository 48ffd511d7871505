"""What can be read without signing in, by name: everything to browse, check, find and learn; nothing else (E06).

Every trusted document that only asks is asked by a stranger. A document that is not on the list must be refused; one
that is on it must not. A new document has to be put on one side or the other.
"""

import tomllib
from pathlib import Path

import pytest

from api import documents, execution
from api.viewer import Viewer
from core.errors import Forbidden, NotFound, NotSignedIn, Refusal
from core.identity import ANYONE
from tests.api.asking import asked

LISTS = tomllib.loads(Path(__file__).with_name("readable_by_anybody.toml").read_text())
FOR_EVERYBODY = set(LISTS["for_everybody"])
BY_A_SECRET = set(LISTS["by_a_secret"])
ABOUT_NOBODY = set(LISTS["about_nobody"])
READABLE = FOR_EVERYBODY | BY_A_SECRET | ABOUT_NOBODY
GIVEN = {  # where what is made up would not get as far as the question who asks
    "CoverageFar": {"mode": "WALK"},
    "PreviewVisitTeam": {"input": {"team": "nothing", "retiredOn": "2026-11-23"}},
}


def queries():
    return sorted(name for name in documents.texts() if not documents.named(name).is_mutation)


def refusal_of(name, now):
    document = documents.named(name)
    try:
        execution.run(Viewer(ANYONE, now, "192.0.2.1"), name, **asked(document, **GIVEN.get(name, {})))
    except Refusal as refused:
        return refused
    return None


def test_a_stranger_reads_what_is_on_the_list_and_nothing_else(db, now):
    turned_away = {name for name in queries() if isinstance(refusal_of(name, now), NotSignedIn | Forbidden)}

    assert turned_away & READABLE == set(), "these are promised to everybody"
    assert set(queries()) - turned_away - READABLE == set(), "these are open and nobody said so"


def test_the_list_names_documents_that_are_there():
    assert set(queries()) >= READABLE
    assert not FOR_EVERYBODY & BY_A_SECRET


@pytest.mark.parametrize("name", sorted(ABOUT_NOBODY))
def test_what_is_about_somebody_says_nothing_to_a_stranger(db, now, name):
    refused = refusal_of(name, now)
    said = None if refused else execution.run(Viewer(ANYONE, now), name, **asked(documents.named(name)))

    assert isinstance(refused, NotFound) or not any(said.values())
