import base64
import dataclasses

import pytest
from click.testing import CliRunner
from sqlalchemy import Text, select, type_coerce

from accounts import commands, demo
from accounts.models import Person, StaffMember
from core import crypto, rotation
from core.db import keep, reading, session

NEW_KEY = base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def ring(db, settings):
    """The keys in use; a test may bring new ones."""
    yield crypto.keyring()
    crypto.use(None)


def stored(column):
    return session().scalars(select(type_coerce(column, Text))).all()


def with_new_key(ring, **changed):
    keys = {**ring.keys, "k2": base64.b64decode(NEW_KEY)}
    return dataclasses.replace(ring, keys=keys, current="k2", **changed)


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_seals_everything_again_so_that_the_old_key_can_go(ring, now, cipher):
    keep(lambda: demo.load(now=now))
    fresh = with_new_key(ring, cipher=cipher)
    crypto.use(fresh)

    done = rotation.rotate(batch=2)

    assert (done["person.phone"], done["staff_member.totp_secret"], done["person.name"]) == (
        len(demo.PHONES),
        len(demo.CHARACTERS),
        0,
    )
    crypto.use(dataclasses.replace(fresh, keys={"k2": fresh.keys["k2"]}))
    with reading():
        assert {person.phone for person in session().scalars(select(Person))} == set(demo.PHONES)
        assert all(fresh.is_current(value) for value in stored(StaffMember.totp_secret))


def test_old_data_is_readable_before_the_rotation_and_again_changes_nothing(ring, now):
    keep(lambda: demo.load(now=now))
    crypto.use(with_new_key(ring))

    with reading():
        assert {person.phone for person in session().scalars(select(Person))} == set(demo.PHONES)
    rotation.rotate()

    assert set(rotation.rotate().values()) == {0}


def test_knows_every_sealed_column():
    names = {f"{column.table.name}.{column.name}" for column in rotation.sealed_columns()}

    assert {"person.phone", "person.name", "staff_member.totp_secret", "one_time_code.phone", "errand.payload"} <= names


def test_can_be_said_on_the_command_line(ring, now):
    keep(lambda: demo.load(now=now))
    crypto.use(with_new_key(ring))

    answer = CliRunner().invoke(commands.rotate_keys)

    assert "person.phone: 3" in answer.output
