"""What whoever runs the house can say about people: `flask --app wsgi <command>`."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from sqlalchemy import select

from accounts import demo, passwords, roles, sign_in, staff
from accounts import phone as phones
from accounts.models import Person, StaffMember
from core import audit, rotation, settings
from core.crypto import blind_index
from core.db import keep, reading, session
from core.errors import Rejected
from core.identity import SYSTEM


def load_demo(now: datetime) -> None:
    """Put the made-up people in and say how to sign in. Idempotent."""
    keep(lambda: demo.load(now=now))
    click.echo(demo.greeting(now=now))


@click.command("create-staff")
@click.argument("username")
@click.option("--name", required=True, help="Name as on the work card.")
@click.option("--work-number", required=True)
@click.option("--region", required=True, help="Division code whose cases they may see, 430211 say.")
@click.option("--role", "wanted", multiple=True, help="A role of accounts/roles.toml; may be given again.")
@click.option("--confirmed", is_flag=True, help="Confirm the roles at once: for the first administrator.")
@click.password_option(help="At least 12 characters.")
def create_staff(  # noqa: PLR0913, PLR0917  # one parameter an option
    username: str, name: str, work_number: str, region: str, wanted: tuple[str, ...], confirmed: bool, password: str
) -> None:
    """Put a member of staff down, and print the secret for their authenticator app."""
    now = datetime.now(UTC)
    new = staff.NewMember(username, name, work_number, region, password, passwords.fresh_secret())
    try:
        keep(lambda: _create(new, wanted, confirmed=confirmed, now=now))
    except Rejected as rejected:
        raise click.ClickException(", ".join(problem.code for problem in rejected.problems)) from rejected
    click.echo(f"{username} may sign in. For the authenticator app, once:")
    click.echo(passwords.address_for_app(new.totp_secret, new.username))


def _create(new: staff.NewMember, wanted: tuple[str, ...], *, confirmed: bool, now: datetime) -> None:
    roles.sync(SYSTEM)
    member = staff.add(SYSTEM, new, now=now)
    for role in wanted:
        roles.put_down(SYSTEM, member, role, now=now)
        if confirmed:
            roles.vouch_for(SYSTEM, member, role, now=now)


@click.command("sync-roles")
def sync_roles() -> None:
    """Bring roles and permissions to what accounts/roles.toml says."""
    keep(lambda: roles.sync(SYSTEM))
    click.echo("Roles and permissions are as the file says.")


@click.command("totp")
@click.argument("username")
def totp(username: str) -> None:
    """Print the code an authenticator app would show now. Demo and development only."""
    if not settings.current().is_demo:
        raise click.ClickException("In production only their own authenticator app knows the code.")
    with reading():
        secret = session().scalar(select(StaffMember.totp_secret).where(StaffMember.username == username))
    if secret is None:
        raise click.ClickException(f"Nobody is called {username}.")
    click.echo(passwords.code_at(secret, now=datetime.now(UTC)))


@click.command("disable-person")
@click.argument("phone")
@click.option("--reason", required=True, help="It is recorded.")
def disable_person(phone: str, reason: str) -> None:
    """Shut a citizen's account and end all their sign-ins at once."""
    now = datetime.now(UTC)
    index = blind_index(phones.normalise(phone), "person.phone")
    if not keep(lambda: _disable(index, reason, now)):
        raise click.ClickException("Nobody is known by this number.")
    click.echo("Disabled, and signed out everywhere.")


def _disable(index: str, reason: str, now: datetime) -> bool:
    person = session().scalar(select(Person).where(Person.phone_index == index))
    if person is None:
        return False
    person.disabled_at = now
    sign_in.end_all_of(person_id=person.id, because="disabled", now=now)
    audit.record(SYSTEM, "accounts.person_disabled", f"person:{person.id}", now=now, reason=reason)
    return True


@click.command("rotate-keys")
def rotate_keys() -> None:
    """Seal all personal data again with the current key, a batch at a time; safe to break off and run again."""
    for column, count in rotation.rotate().items():
        if count:
            click.echo(f"{column}: {count}")
    click.echo("Everything is sealed with the current key.")
