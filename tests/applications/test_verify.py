"""`flask verify`: says in words whether anything that must never change has."""

import pytest
from sqlalchemy import text

from applications import letter_texts, letters
from applications.commands import verify
from applications.letters import LetterKind
from applications.models.letter import Letter
from core.db import keep, session, transaction
from tests import make


@pytest.fixture
def letter_id(db, now):
    def issue():
        case = make.application(make.person())
        blocks = letter_texts.receipt(case.reference, (), decide_by=now.date(), has_pledge=False)
        made = letters.issue(case, LetterKind.RECEIPT, blocks, now=now)
        session().flush()
        return made.id

    return keep(issue)


@pytest.fixture
def run(app):
    return lambda: app.test_cli_runner().invoke(verify)


def test_says_that_all_holds(run, letter_id):
    said = run()

    assert said.exit_code == 0
    assert "All holds: 1 entries of the audit record, every signed pledge, every letter." in said.output


def test_finds_a_letter_that_says_something_else(run, letter_id):
    with transaction():
        letter = session().get_one(Letter, letter_id)
        letter.content = {**letter.content, "addressee": "别人"}

    said = run()

    assert said.exit_code == 1
    assert letter_id in said.output
    assert "1 found" in said.output


def test_finds_a_letter_that_does_not_open(run, letter_id):
    with transaction():
        session().execute(text("UPDATE letter SET content = 'a:demo.AAAA' WHERE id = :id"), {"id": letter_id})

    assert run().exit_code == 1


def test_finds_an_entry_that_was_added_to_the_record(run, letter_id):
    with transaction():
        session().execute(
            text(
                "INSERT INTO audit_entry (position, at, actor_kind, act, subject, details, previous, sha256)"
                " VALUES (2, '2026-11-23 01:30:00', 'staff', 'x.y', 'z:1', '{}', 'x', 'y')"
            )
        )

    said = run()

    assert said.exit_code == 1
    assert "The audit record was changed at entry 2." in said.output
