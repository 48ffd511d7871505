"""Drafts with everything in them, ready to be handed in: filled in once by the services, then written out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from accounts.models import Person
from applications import drafts, signing
from applications.models.draft import Draft
from applications.pledge import SignatureMethod
from applications.signing import Wish
from core.crypto import blind_index
from core.db import fresh_id, keep, session
from core.identity import Actor, ActorKind
from tests.applications.conftest import WAGES
from tests.evidence.samples import PNG_SMALL
from tests.faults.judge import Handed

PAGES = WAGES | {"story": {**WAGES["story"], "happened_on": []}}  # a day that is past whenever this runs
PLEDGES = {"verification": {"verification": ["PLEDGE"]}}
COPIED = ("answers", "changed_in", "steps_done", "version", "channel", "created_at", "saved_at", "expires_at")


def citizens(*phones):
    """Find people who have signed in."""
    wanted = [blind_index(phone, "person.phone") for phone in phones]
    ids = dict(session().execute(select(Person.phone_index, Person.id).where(Person.phone_index.in_(wanted))).all())
    return [Actor(id=ids[index], kind=ActorKind.CITIZEN) for index in wanted]


def ready(house, people, rounds):
    """Give each person (actor, headers) a draft a round, with a file sent over HTTP; every other one is signed."""
    now = datetime.now(UTC)
    with ThreadPoolExecutor(4) as senders:
        users = [user for _, user in people for _ in range(rounds)]
        answers = list(senders.map(lambda user: house.send(user, PNG_SMALL), users))
    tokens = [answer.json()["token"] for answer in answers]
    template = keep(lambda: _fill(people[0][0], now))
    wanted = [(actor, number % 2 == 1) for actor, _ in people for number in range(rounds)]
    moments = (now + timedelta(milliseconds=number) for number in range(len(wanted)))  # as if one by one
    return [
        keep(lambda one=one, token=token, moment=moment: _write(template, *one, token, moment))
        for one, token, moment in zip(wanted, tokens, moments, strict=True)
    ]


def _fill(actor, now):
    """Fill one in page by page, and throw it away again."""
    draft = drafts.start(actor, drafts.Start(), now=now)
    for step, given in (PAGES | PLEDGES).items():
        saved = drafts.save_step(actor, draft.id, step, given, base_version=draft.version, now=now)
        assert saved.problems == (), (step, saved.problems)
    filled = {name: getattr(draft, name) for name in COPIED}
    drafts.discard(actor, draft.id, now=now)
    return filled


def _write(template, actor, is_signed, token, now):
    draft = Draft(id=fresh_id(), owner_id=actor.id, **template)
    if not is_signed:
        draft.answers = draft.answers | {"verification": "DATA_SHARING"}
    session().add(draft)
    session().flush()
    drafts.attach(actor, draft.id, token, item="identity_document", now=now)
    if is_signed:
        edition = signing.edition_of(drafts.situation(draft, now=now))
        wish = Wish(edition.version, edition.codes, SignatureMethod.TYPED, "李芳")
        signing.sign(actor, draft.id, wish, now=now)
    return Handed(draft.id, actor.id, is_signed)
