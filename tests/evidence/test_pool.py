"""The children that decode: bounded in time, memory and number, and replaced when they die."""

import io
import struct
import threading
import time

import psutil
import pytest
from PIL import Image

from core.errors import Rejected, Unavailable
from core.imaging import bare_jpeg, child, limits, making, wire
from core.imaging import pool as pools
from tests.evidence import samples

PHOTO = {"make": "photo", "options": {"kind": "jpeg"}}
READY = "import sys; from core.imaging import wire; wire.send(sys.stdout.buffer, {}, []); "
SLEEPY = READY + "import time; time.sleep(60)"


@pytest.fixture
def pool():
    made = pools.Pool(wait_seconds=60)
    yield made
    made.close()


@pytest.fixture
def sleepy(monkeypatch):
    """Children that hear and never answer."""
    monkeypatch.setattr(pools, "ENTRY", SLEEPY)
    made = pools.Pool(size=1, seconds=0.4, wait_seconds=0.05)
    yield made
    made.close()


def test_keeps_children_warm(pool):
    pool.ask(PHOTO, samples.jpeg())
    (first,) = pool.idle
    pool.ask(PHOTO, samples.jpeg())

    assert pool.idle == [first]
    assert first.served == 2


def test_serves_more_people_than_it_has_children(pool):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(pool.ask(PHOTO, samples.jpeg()))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [head["width"] for head, _blobs in answers] == [640] * 6
    assert len(pool.idle) <= limits.CHILDREN


def test_kills_a_child_that_takes_too_long(sleepy):
    began = time.monotonic()

    with pytest.raises(pools.ChildDied):
        sleepy.ask(PHOTO, samples.jpeg())

    assert time.monotonic() - began < 5
    assert sleepy.idle == []
    assert not [one for one in psutil.Process().children() if SLEEPY in " ".join(one.cmdline())]


def test_kills_a_child_that_thinks_too_long(monkeypatch):
    monkeypatch.setattr(
        pools, "ENTRY", READY + "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile 1: 1"
    )
    made = pools.Pool(size=1)

    with pytest.raises(pools.ChildDied):
        made.ask(PHOTO, samples.jpeg())


def ask_in_vain(pool):
    with pytest.raises(pools.ChildDied):
        pool.ask(PHOTO, b"x")


def test_sends_away_whom_it_cannot_serve_soon(sleepy):
    busy = threading.Thread(target=ask_in_vain, args=(sleepy,))
    busy.start()
    while sleepy._places._value:
        time.sleep(0.001)

    with pytest.raises(Unavailable) as away:
        sleepy.ask(PHOTO, samples.jpeg())

    busy.join()
    assert (away.value.code, away.value.retry_after) == ("imaging_busy", 5)


def test_says_come_back_when_no_child_can_start(monkeypatch):
    monkeypatch.setattr(pools, "ENTRY", "sys.exit(1)")

    with pytest.raises(Unavailable):
        pools.Pool().ask(PHOTO, samples.jpeg())


def test_says_what_to_do_when_a_child_died(sleepy, monkeypatch):
    monkeypatch.setattr(pools, "_pool", sleepy)

    with pytest.raises(Rejected) as rejected:
        making.remake(samples.jpeg())

    assert rejected.value.problems[0].code == "file_too_heavy"


def test_replaces_a_child_that_died_while_idle(pool):
    pool.ask(PHOTO, samples.jpeg())
    pool.idle[0].process.kill()
    pool.idle[0].process.wait()

    head, _blobs = pool.ask(PHOTO, samples.jpeg())

    assert head["width"] == 640


def test_replaces_a_child_after_many_files(pool):
    pool.ask(PHOTO, samples.jpeg())
    pool.idle[0].served = limits.CHILD_FILES

    pool.ask(PHOTO, samples.jpeg())

    assert pool.idle == []


def test_child_stays_within_its_memory(pool):
    pool.ask(PHOTO, samples.jpeg())
    (one,) = pool.idle
    process = psutil.Process(one.process.pid)
    before = process.memory_info().rss

    largest = samples.saved(Image.new("RGBA", (5_000, 5_000), "grey"), "PNG", compress_level=1)
    head, _blobs = pool.ask({"make": "photo", "options": {"kind": "png"}}, largest)

    assert head["width"] == 2400
    assert limits.CHILD_BYTES <= 640 << 20
    assert process.memory_info().rss - before < 80 << 20  # it gave back what the picture took


def test_child_may_not_write_files_nor_know_our_environment(pool):
    pool.ask(PHOTO, samples.jpeg())
    process = psutil.Process(pool.idle[0].process.pid)

    assert process.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert process.rlimit(psutil.RLIMIT_AS) == (limits.CHILD_BYTES, limits.CHILD_BYTES)
    assert set(process.environ()) == {"LANG", "MALLOC_ARENA_MAX"}


def test_child_goes_when_the_service_goes():
    orphan = pools.Child()
    orphan.ask(PHOTO, [samples.jpeg()], 10)

    orphan.pipe_in.close()

    assert orphan.process.wait(timeout=5) == 0
    orphan.pipe_out.close()


def served(head, data):
    """Ask a child that runs in this process."""
    asked, told, times = io.BytesIO(), io.BytesIO(), []
    wire.send(asked, head, [data])
    asked.seek(0)
    child.serve(asked, told, before_each=lambda: times.append(1))
    told.seek(0)
    assert times == [1]
    return wire.receive(told)


def greedy(_data):
    raise MemoryError


def test_child_says_when_a_file_is_too_much(monkeypatch):
    monkeypatch.setitem(child.MAKERS, "greedy", greedy)

    assert served({"make": "greedy"}, b"x")[0] == {"refused": "file_too_heavy", "params": {}, "blobs": 0}


def test_child_answers_hostile_files_one_after_the_other(pool):
    hostile = [
        (PHOTO, samples.jpeg()[:5_000], "file_damaged"),
        ({"make": "photo", "options": {"kind": "png"}}, samples.png_claiming(30_000, 30_000, 1), "image_too_large"),
        ({"make": "photo", "options": {"kind": "png"}}, samples.png_claiming(4_900, 4_900, 1), None),
        ({"make": "photo", "options": {"kind": "heic"}}, samples.HEIC[:600], "file_damaged"),
        ({"make": "photo", "options": {"kind": "webp"}}, samples.animated("WEBP"), "image_animated"),
        ({"make": "document"}, samples.pdf(pages=51), "pdf_too_long"),
        ({"make": "document"}, b"%PDF-1.7\n" + b"[" * 100_000, "file_damaged"),
        ({"make": "signature", "options": {"kind": "png"}}, samples.drawing(strokes=[]), "signature_empty"),
        (PHOTO, samples.jpeg(), None),
    ]

    said = [pool.ask(head, data)[0].get("refused") for head, data, _expected in hostile]

    assert said == [expected for _head, _data, expected in hostile]
    assert [one.served for one in pool.idle] == [len(hostile)]


@pytest.mark.parametrize(
    "said",
    [b"", b"\0\0", struct.pack(">I", 9) + b"{}", struct.pack(">I", 1 << 31), struct.pack(">I", 2) + b"[]"],
    ids=["nothing", "half a length", "half a head", "too long", "no head"],
)
def test_nonsense_from_a_child_is_no_answer(said):
    with pytest.raises(EOFError):
        wire.receive(io.BytesIO(said))


def test_a_picture_keeps_its_bytes_without_its_notes():
    noted = samples.jpeg(exif=samples.exif(), comment=b"CANARY")

    bare = bare_jpeg.without_metadata(noted)

    assert b"CANARY" not in bare
    assert bare == bare_jpeg.without_metadata(bare)
    assert bare_jpeg.without_metadata(b"no jpeg") == b"no jpeg"
    assert bare_jpeg.without_metadata(b"\xff\xd8\xff\xe0") == b"\xff\xd8\xff\xe0"
