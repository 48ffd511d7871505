"""Several photographs of one paper become one PDF, in the order people say; nothing is lost where that fails."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader

from api import execution
from api.viewer import Viewer
from applications import binding, drafts, uploads
from applications.uploads import Purpose
from core import imaging, storage
from core.crypto import fingerprint
from core.db import keep, reading, session
from core.errors import Conflict, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from core.imaging import limits, wire
from tests.evidence import people, samples

pytestmark = pytest.mark.usefixtures("here")
COLOURS = {"red": (254, 0, 0), "blue": (0, 0, 254), "green": (0, 128, 1)}


@pytest.fixture
def citizen(unit, now):
    who = people.person("citizen", now)
    people.draft(who, "draft", now)
    return who


@pytest.fixture
def send(citizen, now):
    def send(data, item="id", name="x.jpg"):
        made = uploads.record(citizen, uploads.prepare(citizen, Purpose.EVIDENCE, data), name, now=now)
        uploads.attach(citizen, made.id, "draft", item=item, now=now)
        session().flush()
        return made.id

    return send


@pytest.fixture
def three(send):
    return [send(samples.saved(Image.new("RGB", (900, 600), colour), "JPEG")) for colour in COLOURS]


def bound(actor, now):
    chosen = binding.choose(actor, "draft", "id", now=now)
    return binding.bind(actor, chosen, binding.prepare(actor, chosen), now=now)


def tokens():
    return [one.upload_id for one in uploads.of_draft("draft") if one.item == "id"]


def test_each_photograph_is_a_page_in_order_and_nothing_else_is_in_it(citizen, three, now):
    made = bound(citizen, now)
    data = storage.current().get(made.master_key)
    pages = PdfReader(io.BytesIO(data)).pages

    assert (made.media_type, made.pages, made.sha256) == ("application/pdf", 3, fingerprint(data))
    assert made.name == "3张照片合成.pdf"
    shown = [page.images[0].image for page in pages]
    assert [one.getpixel((9, 9)) for one in shown] == list(COLOURS.values())
    assert {(int(page.mediabox.width), int(page.mediabox.height)) for page in pages} == {(842, 595)}
    assert b"Producer" not in data
    assert imaging.remake(data).pages == 3  # it passes where papers of strangers do
    assert tokens() == [made.id]


def test_a_page_stands_upright_where_the_photograph_does(citizen, send, now):
    for _ in range(2):
        send(samples.jpeg((600, 900)))

    page = PdfReader(io.BytesIO(storage.current().get(bound(citizen, now).master_key))).pages[0]

    assert (page.mediabox.width, page.mediabox.height) == (595, 842)


def test_the_order_is_changed_and_at_an_end_nothing_moves(citizen, three, now):
    first, second, third = three

    binding.move(citizen, "draft", third, earlier=True, now=now)
    binding.move(citizen, "draft", first, earlier=False, now=now)
    binding.move(citizen, "draft", third, earlier=True, now=now)
    session().flush()

    assert tokens() == [third, first, second]


def test_only_photographs_of_the_item_are_bound(citizen, three, send, now):
    paper, other = send(samples.pdf()), send(samples.jpeg(), item="other")

    made = bound(citizen, now)

    assert tokens() == [paper, made.id]
    assert other in [one.upload_id for one in uploads.of_draft("draft")]


def test_one_alone_is_nothing_to_bind(citizen, send, now):
    send(samples.jpeg())

    with pytest.raises(Conflict) as refused:
        binding.choose(citizen, "draft", "id", now=now)
    assert refused.value.code == "photos_not_to_bind"


def test_nothing_is_bound_where_the_photographs_changed_meanwhile(citizen, three, now):
    chosen = binding.choose(citizen, "draft", "id", now=now)
    prepared = binding.prepare(citizen, chosen)
    uploads.remove(citizen, three[0], now=now)
    session().flush()

    with pytest.raises(Conflict) as refused:
        binding.bind(citizen, chosen, prepared, now=now)

    assert refused.value.code == "photos_changed"
    assert tokens() == three[1:]


def test_what_is_handed_in_stays_as_it_is(citizen, three, now):
    drafts.queries.draft(citizen, "draft").submitted_at = now

    for act in (lambda: binding.choose(citizen, "draft", "id", now=now), lambda: move(citizen, three[0], now)):
        with pytest.raises((Conflict, NotFound)):
            act()


def test_is_nobody_elses_business(citizen, three, now):
    neighbour = people.person("neighbour", now)
    chosen = binding.choose(citizen, "draft", "id", now=now)
    prepared = binding.prepare(citizen, chosen)

    for act in (
        lambda who: binding.choose(who, "draft", "id", now=now),
        lambda who: binding.bind(who, chosen, prepared, now=now),
        lambda who: move(who, three[0], now),
    ):
        with pytest.raises(NotFound):
            act(neighbour)
        with pytest.raises(NotSignedIn):
            act(ANYONE)
    with pytest.raises(NotFound):
        move(citizen, "no-such-token", now)
    assert tokens() == three


def test_photographs_that_are_too_much_are_refused(monkeypatch):
    photographs = [samples.jpeg(), samples.jpeg()]
    for where, name in (limits, "FILE_BYTES"), (wire, "LONGEST"):
        with monkeypatch.context() as small:
            small.setattr(where, name, 1000)
            with pytest.raises(Rejected) as refused:
                imaging.bound(photographs)
        assert refused.value.problems[0].code == "photos_too_big"


def test_is_ordered_at_the_door(db, now, count_statements):
    def begin():
        who = people.person("citizen", now)
        people.draft(who, "draft", now)
        made = [uploads.record(who, uploads.prepare(who, Purpose.EVIDENCE, samples.jpeg()), "x", now=now) for _ in "ab"]
        for one in made:
            uploads.attach(who, one.id, "draft", item="id", now=now)
        return who, [one.id for one in made]

    who, (first, second) = keep(begin)
    viewer = Viewer(actor=who, now=now, address="203.0.113.7", channel="portal")
    wish = {"draftId": "draft", "token": second, "earlier": True}

    with count_statements() as sent:
        execution.run(viewer, "MoveEvidence", input=wish, idempotencyKey="k" * 20)

    assert len(sent) <= 20
    with reading():
        assert tokens() == [second, first]


def move(actor, token, now):
    return binding.move(actor, "draft", token, earlier=True, now=now)


def test_an_app_binds_by_its_token_and_nobody_elses(client, now):
    moment = datetime.now(UTC)
    owner, stranger = (keep(lambda name=name: people.person(name, moment)) for name in ("citizen", "neighbour"))
    keep(lambda: people.draft(owner, "draft", moment))
    for colour in COLOURS:
        prepared = uploads.prepare(owner, Purpose.EVIDENCE, samples.saved(Image.new("RGB", (900, 600), colour), "JPEG"))

        def hand_in(prepared=prepared):
            made = uploads.record(owner, prepared, "x.jpg", now=moment)
            uploads.attach(owner, made.id, "draft", item="id", now=moment)

        keep(hand_in)
    mine, theirs = (keep(lambda who=who: people.bearer(who, moment)) for who in (owner, stranger))
    address = "/m/v1/drafts/draft/papers/id/booklet"

    assert client.post(address).status_code == 401
    assert client.post(address, headers=theirs).status_code == 404
    assert client.post(address, headers=mine).status_code == 201
    with reading():
        (paper,) = uploads.of_draft("draft")
        assert (paper.upload.media_type, paper.upload.pages) == ("application/pdf", 3)
    assert client.post(address, headers=mine).status_code == 409
