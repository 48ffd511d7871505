from datetime import timedelta

import pyotp
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from accounts import commands, demo, passwords, queries, sign_in
from accounts.models import Person, StaffMember, StaffRole
from accounts.sign_in import Device
from core.db import keep, reading, session


@pytest.fixture
def say(db):
    """Say something on the command line."""

    def say(command, *words, **options):
        return CliRunner().invoke(command, words, **options)

    return say


def test_loading_the_demo_twice_changes_nothing_and_says_how_to_sign_in(db, now, capsys):
    for _ in range(2):
        commands.load_demo(now)

    with reading():
        for table, count in ((Person, 3), (StaffMember, 11), (StaffRole, 13)):
            assert session().scalar(select(func.count()).select_from(table)) == count
    said = capsys.readouterr().out
    assert passwords.code_at(demo.secret_of("admin"), now=now) in said
    assert "13800000001" in said


def test_the_demo_is_not_for_production(unit, now, with_settings):
    with_settings(mode="production")

    with pytest.raises(RuntimeError):
        demo.load(now=now)


CREATE = ("boss", "--name", "管理", "--work-number", "1", "--region", "43", "--role", "administrator")


def test_the_first_administrator_comes_from_the_command_line(say, now):
    answer = say(commands.create_staff, *CREATE, "--confirmed", "--password", "a long password")

    assert answer.exit_code == 0
    with reading():
        member, secret_kept = session().execute(select(StaffMember.id, StaffMember.totp_secret)).one()
    uri = next(line for line in answer.output.splitlines() if line.startswith("otpauth:"))
    assert pyotp.parse_uri(uri).secret == secret_kept
    opened = keep(lambda: sign_in.start(Device(), sign_in.STAFF_LIFE, staff_id=member, now=now))
    with reading():
        assert queries.actor_of(opened.id, now=now).roles == {"administrator"}


def test_others_wait_for_an_administrator(say):
    say(commands.create_staff, *CREATE, "--password", "a long password")

    with reading():
        assert session().scalars(select(StaffRole.confirmed_at)).one() is None


def test_says_what_is_wrong(say):
    answer = say(commands.create_staff, *CREATE, "--password", "short")

    assert answer.exit_code == 1
    assert "password_length" in answer.output


def test_shows_the_code_of_an_authenticator_in_the_demo_alone(say, now, with_settings):
    commands.load_demo(now)

    assert say(commands.totp, "admin").output.strip().isdigit()
    assert "Nobody" in say(commands.totp, "nobody").output
    with_settings(mode="production")
    assert say(commands.totp, "admin").exit_code == 1


def test_brings_the_roles_to_the_file(say):
    assert say(commands.sync_roles).exit_code == 0


def test_shuts_a_citizen_out_everywhere(say, now):
    commands.load_demo(now)
    with reading():
        person, phone = session().execute(select(Person.id, Person.phone)).first()
    opened = keep(lambda: sign_in.start(Device(), timedelta(days=3650), person_id=person, now=now))

    assert say(commands.disable_person, phone, "--reason", "本人要求").exit_code == 0

    with reading():
        assert queries.actor_of(opened.id, now=now) is None
    assert say(commands.disable_person, "13811112222", "--reason", "x").exit_code == 1
