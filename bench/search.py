"""What searching Chinese costs: ours and LIKE on both engines, exactness, the size of the index (PERFORMANCE D).

`python bench/search.py [texts.csv] [short]`. The CSV has a column `text`: real texts, cut into sentences and put
together anew until there are enough; without one, the pages that come with the house are used. Every question is a
piece of a text, two to eight characters; truth is who has it as a substring, newest first, which LIKE says. Figures
are ratios taken in one run: the two answer the same question one after the other.
"""

from __future__ import annotations

import csv
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, func, insert, select, text

from content import live, markdown, seeds
from content.models import Article, Publication, Revision
from content.models.search import SearchEntry
from content.search import finding, folding, index
from core import db, deadline
from migrations.tables import every_table
from tests import postgresql

RESULTS = Path(__file__).parents[1] / "var" / "bench" / "search.json"
SHORT = "short" in sys.argv[1:]
SIZES = (10_000,) if SHORT else (10_000, 200_000)
QUESTIONS = {10_000: 200, 200_000: 120}
SENTENCES = 4
BATCH = 2_000
TRIES = 3
SECONDS = 600.0  # a batch is no page
NOW = datetime(2026, 11, 23, tzinfo=UTC)
CHANCE = random.Random(12348)  # noqa: S311  # no secret
GOALS = {("sqlite", 10_000): 1.0, ("sqlite", 200_000): 3.0, ("postgresql", 200_000): 30.0}  # ms, p99 of the newest 20
RANKED, TIMES = 16.0, 100


def sentences() -> list[str]:
    """Give the sentences texts are put together from."""
    given = [word for word in sys.argv[1:] if word != "short"]
    if given:
        with Path(given[0]).open(encoding="utf-8") as file:
            texts = [row["text"] for row in csv.DictReader(file)]
    else:
        texts = [markdown.plain(seed.body) for seed in seeds.read()]
    return [one for whole in texts for one in re.split(r"[。；\n]", whole) if len(one) > 3]  # noqa: PLR2004


def fill(size: int, said: Sequence[str]) -> None:
    """Put so many pages on the shelf, searchable, each shown."""
    for begin in range(0, size, BATCH):
        with deadline.running(SECONDS), db.transaction() as session:
            numbers = range(begin + 1, min(begin + BATCH, size) + 1)
            texts = {number: "。".join(CHANCE.choices(said, k=SENTENCES)) for number in numbers}
            for model, rows in rows_of(texts):
                session.execute(insert(model), rows)
            add(texts)


def rows_of(texts: dict[int, str]) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """Give the rows an entry refers to."""
    made = {"made_by": "bench", "made_at": NOW}
    yield Article, [{"id": str(n), "slug": str(n), "kind": "article", "region": "43", **made} for n in texts]
    told = {"summary": "", "body": "", "number": 1, **made}
    yield Revision, [{"id": str(n), "article_id": str(n), "title": words[:16], **told} for n, words in texts.items()]
    shown = {"starts_at": NOW, "ends_at": live.FOREVER, "published_by": "bench", "published_at": NOW}
    yield Publication, [{"id": str(n), "article_id": str(n), "revision_id": str(n), **shown} for n in texts]


def add(texts: dict[int, str]) -> None:
    """Put entries and their pairs into the index, as `content.search.index` does one by one."""
    entries, pairs = [], []
    for number, words in texts.items():
        title, rest = folding.fold(words[:16]), folding.fold(words)
        entries.append({"number": number, "revision_id": str(number), "title": title, "words": f"{title} {rest}"})
        pairs.append({"number": number, "grams": list(folding.indexed(title, f" {rest}"))})
    if index.is_postgresql():
        grams = func.array_to_tsvector(bindparam("grams", type_=ARRAY(Text)))
        rows = [entry | {"grams": sorted(set(one["grams"]))} for entry, one in zip(entries, pairs, strict=True)]
        db.session().connection().execute(insert(SearchEntry.__table__).values(grams=grams), rows)  # type: ignore[arg-type]
    else:
        db.session().connection().execute(insert(SearchEntry.__table__), entries)  # type: ignore[arg-type]
        db.session().execute(index.INTO_FTS, [one | {"grams": " ".join(one["grams"])} for one in pairs])


def questions(count: int) -> list[str]:
    """Take pieces of texts, and a few nobody wrote."""
    asked = []
    with db.reading() as session:
        texts = session.scalars(select(SearchEntry.words).order_by(SearchEntry.number).limit(2_000)).all()
    while len(asked) < count:
        run = CHANCE.choice(CHANCE.choice(texts).split())
        length = CHANCE.randint(2, 8)
        if len(run) >= length:
            at = CHANCE.randint(0, len(run) - length)
            asked.append(run[at : at + length])
    return [*asked, "量子", "鳖鼋", "不存在的这句话"]


def ours(asked: str) -> list[int]:
    """Ask as the door does."""
    with db.looking():
        return [row.number for row in finding.newest(asked, 20, now=NOW)]


def like(asked: str) -> list[int]:
    """Ask the plain way."""
    with db.reading() as session:
        wanted = select(SearchEntry.number).where(SearchEntry.words.contains(asked))
        return list(session.scalars(wanted.order_by(SearchEntry.number.desc()).limit(20)))


def ranked(asked: str) -> list[str]:
    """Ask for what a reader sees: put in order."""
    with db.looking():
        return finding.ranked(asked, asked, now=NOW)


def timed(work: Callable[[str], Any], asked: str) -> tuple[float, Any]:
    """Give milliseconds, the best of a few tries as others work on the machine, and what came back."""
    took, found = [], None
    for _ in range(TRIES):
        begun = time.perf_counter()
        found = work(asked)
        took.append(time.perf_counter() - begun)
    return min(took) * 1000, found


def p99(took: Sequence[float]) -> float:
    """Give what one in a hundred takes longer than."""
    return statistics.quantiles(took, n=100)[98]


def measure(kind: str, size: int) -> dict[str, Any]:
    """Ask every question both ways; compare answers and times."""
    mine, plain, order, same = [], [], [], 0
    asked = questions(QUESTIONS[size])
    for one in asked[:20]:
        ours(one)
    for one in asked:
        (fast, found), (slow, truth), (put, _) = timed(ours, one), timed(like, one), timed(ranked, one)
        mine.append(fast)
        plain.append(slow)
        order.append(put)
        same += found == truth
    ratio = statistics.median(slow / fast for slow, fast in zip(plain, mine, strict=True))
    return {
        "engine": kind,
        "size": size,
        "exact": same / len(asked),
        "p50_ms": statistics.median(mine),
        "p99_ms": p99(mine),
        "like_p50_ms": statistics.median(plain),
        "times_like": ratio,
        "ranked_p99_ms": p99(order),
        "index_mb": index_size(kind),
        "goal_ms": GOALS.get((kind, size)),
    }


def index_size(kind: str) -> float:
    """Say how large the index is."""
    asked = (
        "SELECT pg_relation_size('ix_search_entry_grams')"
        if kind == "postgresql"
        else "SELECT sum(length(block)) FROM search_entry_fts_data"
    )
    with db.reading() as session:
        return float(session.scalar(text(asked)) or 0) / 1e6


def main() -> None:
    """Measure each engine and size, print a table, write JSON."""
    said, results = sentences(), []
    found = postgresql.find()
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            for kind in ["sqlite", *(["postgresql"] if found else [])]:
                name = f"rufa_bench_search_{size}"
                url = f"sqlite:///{folder}/s.sqlite3" if kind == "sqlite" else postgresql.fresh_database(name, found)
                engine = db.connect(url)
                every_table().create_all(engine)
                fill(size, said)
                with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.exec_driver_sql("ANALYZE" if kind == "sqlite" else "VACUUM ANALYZE")
                results.append(measure(kind, size))
                engine.dispose()
                if kind == "postgresql":
                    postgresql.drop_database(name, found)
                print(shown(results[-1]))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1))


def shown(one: dict[str, Any]) -> str:
    """Write one line of the table."""
    return (
        f"{one['engine']:10} {one['size']:>7,}  exact {one['exact']:.3f}  newest 20: p50 {one['p50_ms']:.2f} p99 "
        f"{one['p99_ms']:.2f} ms (goal {one['goal_ms'] or '-'})  LIKE p50 {one['like_p50_ms']:.1f} ms = "
        f"{one['times_like']:.0f} ×  ranked p99 {one['ranked_p99_ms']:.1f} ms (goal {RANKED:.0f})  index "
        f"{one['index_mb']:.0f} MB"
    )


if __name__ == "__main__":
    main()
