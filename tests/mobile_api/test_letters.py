"""Letters over HTTP: to whom the link was made for, for a short while, as attachments."""

from datetime import timedelta

import pytest

from applications import letter_texts, letters
from applications.letters import LetterKind
from applications.models.application import Application
from core.db import keep, session
from core.links import LIFE, signed
from tests import make
from tests.portal.applying import leave, sign_somebody_in
from tests.portal.browser import SITE
from tests.portal.working import REFERENCE, case, instant, sign_staff_in


@pytest.fixture
def citizen(client):
    owner, _ = case()
    sign_somebody_in(client, "13800000001")
    return owner


@pytest.fixture
def letter_id(citizen):
    def issue():
        found = session().query(Application).filter_by(reference=REFERENCE).one()
        blocks = letter_texts.receipt(REFERENCE, (), decide_by=instant().date(), has_pledge=False)
        made = letters.issue(found, LetterKind.RECEIPT, blocks, now=instant())
        session().flush()
        return made.id

    return keep(issue)


def link(letter_id, actor, **more):
    return signed(f"/m/v1/letters/{letter_id}", actor, now=instant(), **more)


def test_gives_a_letter_as_an_attachment(client, citizen, letter_id):
    given = client.get(link(letter_id, citizen), base_url=SITE)

    assert given.status_code == 200
    assert given.data.startswith(b"%PDF")
    assert given.content_type == "application/pdf"
    assert given.headers["Content-Disposition"].startswith('attachment; filename="receipt-')
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Cache-Control"] == "private, no-store"


def test_gives_nothing_after_a_while(client, citizen, letter_id):
    late = signed(f"/m/v1/letters/{letter_id}", citizen, now=instant() - LIFE - timedelta(seconds=1))

    assert client.get(late, base_url=SITE).status_code == 404


@pytest.mark.parametrize("said", ["", "?expires=x&signature=y", "?expires=99999999999&signature=y"])
def test_gives_nothing_without_a_link_of_ours(client, letter_id, said):
    assert client.get(f"/m/v1/letters/{letter_id}{said}", base_url=SITE).status_code == 404


def test_takes_no_link_for_another_letter(client, citizen, letter_id):
    other = link("another-letter-id-xxxx", citizen)

    assert client.get(other, base_url=SITE).status_code == 404
    assert client.get(other.replace("another-letter-id-xxxx", letter_id), base_url=SITE).status_code == 404


def test_is_nobody_elses(client, citizen, letter_id):
    theirs = link(letter_id, citizen)

    sign_somebody_in(client, "13800000002")
    assert client.get(theirs, base_url=SITE).status_code == 404
    leave(client)
    assert client.get(theirs, base_url=SITE).status_code in {401, 404}


def test_asks_again_whether_they_may_see_the_case(client, letter_id):
    neighbour = keep(lambda: make.person("13800000002", "citizen-2"))
    sign_somebody_in(client, "13800000002")

    assert client.get(link(letter_id, neighbour), base_url=SITE).status_code == 404


def test_is_for_the_staff_of_the_region(client, letter_id):
    for region, status in (("430211", 200), ("430104", 404)):
        sign_staff_in(client, "reviewer", region=region)
        page = client.get(f"/desk/cases/{REFERENCE}", base_url=SITE)
        assert page.status_code == status
        assert (f"/m/v1/letters/{letter_id}?" in page.text) == (status == 200)
