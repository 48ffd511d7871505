"""Marking: which answers are right, why, and which law says so. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_

from content import citations, laws, markdown, media, reading
from content.citations import Cited
from content.kinds import Kind
from content.live import is_live
from content.models import Article, Citation, Publication
from content.quizzes import written
from content.reading import Card
from content.rulebook import rules
from core.db import session
from core.errors import NotFound

FILE = "quizzes.toml"


@dataclass(frozen=True, slots=True)
class Basis:
    """An article of a law an explanation cites, and our page about it, where there is one."""

    title: str
    article: int
    slug: str | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A question that was answered. `chosen` is 0 where it was not."""

    number: int
    text: str
    chosen: int
    chosen_text: str
    right_text: str
    is_right: bool
    why: str
    bases: Sequence[Basis]


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody got right of how many, and whether that is enough."""

    card: Card
    right: int
    total: int
    has_passed: bool
    marked: Sequence[Marked]


def find(slug: str, *, now: datetime) -> tuple[Card, written.Quiz]:
    """Give a quiz that is shown."""
    card = reading.find(slug, now=now)
    if card.kind != Kind.QUIZ:
        raise NotFound("page_unknown")
    return card, written.read(card.body)


def mark(slug: str, answers: Sequence[int], *, now: datetime) -> Result:
    """Mark answers, one a question, by the number of the option; what is missing counts as not answered."""
    card, quiz = find(slug, now=now)
    titles = laws.titles()
    cited = [citations.found_in(one.why, titles) for one in quiz.questions]
    pages = _pages_about({each for one in cited for each in one}, now=now)
    names = {code: title for title, code in titles.items()}
    marked = []
    for number, one in enumerate(quiz.questions, start=1):
        chosen = answers[number - 1] if number <= len(answers) else 0
        chosen = chosen if 0 < chosen <= len(one.options) else 0
        drawn = markdown.render(one.why, markdown.Aids(media.shown_in(one.why)))
        bases = [Basis(names[each.law_code], each.article, pages.get(each)) for each in sorted(cited[number - 1])]
        right = one.right[0] if one.right else 0
        marked.append(
            Marked(
                number,
                one.text,
                chosen,
                one.options[chosen - 1] if chosen else "",
                one.options[right - 1] if right else "",
                chosen == right != 0,
                drawn.html,
                bases,
            )
        )
    count = sum(one.is_right for one in marked)
    passed = bool(marked) and 100 * count >= rules(FILE)["pass_percent"] * len(marked)
    return Result(card, count, len(marked), passed, marked)


def _pages_about(cited: Collection[Cited], *, now: datetime) -> Mapping[Cited, str]:
    """Find our cards about articles of laws."""
    if not cited:
        return {}
    keys = [(one.law_code, one.article) for one in sorted(cited)]
    about = (
        select(Article.slug, Citation.law_code, Citation.article)
        .join(Publication, Publication.article_id == Article.id)
        .join(Citation, Citation.revision_id == Publication.revision_id)
        .where(is_live(now), Article.kind == Kind.LAW_CARD, tuple_(Citation.law_code, Citation.article).in_(keys))
        .order_by(Article.slug.desc())
    )
    return {Cited(row.law_code, row.article): row.slug for row in session().execute(about)}
