"""What is searched: the words of every revision that was ever shown. Which of them are shown now, `live` says."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ARRAY, Text, bindparam, cast, delete, exists, func, select, text

from content import kinds, markdown
from content.models import Publication, Revision, RevisionTag
from content.models.search import SearchEntry, SearchWord
from content.search import folding, sounds
from core.db import session

INTO_FTS = text("INSERT INTO search_entry_fts (rowid, grams) VALUES (:number, :grams)")
EMPTY_FTS = text("INSERT INTO search_entry_fts (search_entry_fts) VALUES ('delete-all')")


def take_in(revision: Revision, tags: Sequence[str]) -> None:
    """Make a revision findable, in the transaction that publishes it. Doing it twice is doing it once."""
    if session().scalar(select(exists().where(SearchEntry.revision_id == revision.id))):
        return
    title = folding.fold(revision.title)
    groups = [kinds.GROUPS.get(tag.removeprefix("group:"), "") for tag in tags]
    words = folding.fold("\n".join((revision.summary, markdown.plain(revision.body), *groups)))
    entry = SearchEntry(revision_id=revision.id, title=title, words=f"{title} {words}")
    add(entry)
    sounds.take_in(title)


def add(entry: SearchEntry) -> None:
    """Put an entry and its pairs into the index of the engine at hand."""
    rest = entry.words.removeprefix(entry.title)
    pairs = list(folding.indexed(entry.title, rest))
    if is_postgresql():
        entry.grams = func.array_to_tsvector(cast(bindparam(None, sorted(set(pairs))), ARRAY(Text)))
    session().add(entry)
    session().flush()
    if not is_postgresql():
        session().execute(INTO_FTS, {"number": entry.number, "grams": " ".join(pairs)})


def rebuild() -> int:
    """Make the index anew from what was published, oldest first; give how many entries it has."""
    session().execute(delete(SearchEntry))
    session().execute(delete(SearchWord))
    if not is_postgresql():
        session().execute(EMPTY_FTS)
    shown = select(Revision).where(exists().where(Publication.revision_id == Revision.id))
    count = 0
    for revision in session().scalars(shown.order_by(Revision.made_at, Revision.id)):
        take_in(revision, tags_of(revision.id))
        count += 1
    return count


def tags_of(revision_id: str) -> Sequence[str]:
    """Give the tags of a revision."""
    wanted = select(RevisionTag.tag).where(RevisionTag.revision_id == revision_id).order_by(RevisionTag.tag)
    return session().scalars(wanted).all()


def is_postgresql() -> bool:
    """Say which engine is at hand."""
    return session().get_bind().dialect.name == "postgresql"
