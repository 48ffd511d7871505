"""What readers get of pages about the law: cards, the page itself, what it was checked against, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from api import paging
from api.scalars import Date, DateTime, enum_of
from content import glossary, languages, markdown, media, reading, shown, steps
from content.kinds import FIELDS, GROUPS, TOPICS, Kind, Language, definitions
from content.quizzes import written
from core.calendar import china_day

CAPTIONS = "字幕"
PageKind = enum_of(
    Kind, "What sort of page it is.", {one: f"{definitions()[one].title}." for one in Kind}, name="PageKind"
)
PageLanguage = enum_of(
    Language,
    "What a page is written in.",
    {
        Language.SIMPLIFIED: "Chinese in simplified characters.",
        Language.TRADITIONAL: "Chinese in traditional characters.",
        Language.ENGLISH: "English.",
    },
    name="PageLanguage",
)


class PageTag(graphene.ObjectType):
    """A group pages are for, or a topic they are about."""

    code = graphene.String(required=True, description="Its stable name.")
    name = graphene.String(required=True, description="Its name in Chinese.")


class PageCover(graphene.ObjectType):
    """What lists show of a page."""

    alt = graphene.String(required=True, description="What it shows, in words.")
    avif = graphene.String(required=True, description="The smallest file.")
    webp = graphene.String(required=True, description="The next.")
    jpg = graphene.String(required=True, description="The one every telephone shows.")

    def resolve_avif(cover, _info: Any) -> str:
        """Name the file."""
        return str(cover.file("avif"))

    def resolve_webp(cover, _info: Any) -> str:
        """Name the file."""
        return str(cover.file("webp"))

    def resolve_jpg(cover, _info: Any) -> str:
        """Name the file."""
        return str(cover.file("jpg"))


class PageCard(graphene.ObjectType):
    """A page as lists show it."""

    slug = graphene.String(required=True, description="Its name in addresses.")
    kind = graphene.Field(PageKind, required=True, description="What sort it is.")
    kind_name = graphene.String(required=True, description="The same in Chinese.")
    title = graphene.String(required=True, description="Its title.")
    summary = graphene.String(required=True, description="What it says, in a sentence or two.")
    groups = graphene.List(graphene.NonNull(PageTag), required=True, description="Whom it is for.")
    topics = graphene.List(graphene.NonNull(PageTag), required=True, description="What it is about.")
    language = graphene.String(required=True, description="What it is written in, as a language tag.")
    since = graphene.Field(DateTime, required=True, description="Since when it is shown as it is.")
    minutes = graphene.Int(required=True, description="How many minutes a slow reader needs.")
    is_sample = graphene.Boolean(
        required=True, description="Whether it is an example that came with the house, not yet read by a lawyer."
    )

    cover = graphene.Field(PageCover, description="A picture of it, cut by what matters; empty where it has none.")

    def resolve_groups(card, _info: Any) -> list[dict[str, str]]:
        """Name them."""
        return [{"code": code, "name": GROUPS[code]} for code in card.groups]

    def resolve_topics(card, _info: Any) -> list[dict[str, str]]:
        """Name them."""
        return [{"code": code, "name": TOPICS[code]} for code in card.topics]


PageCardConnection = paging.connection(PageCard, "Pages, the newest first.", total=True)


class PageHeading(graphene.ObjectType):
    """A heading within a page."""

    id = graphene.String(required=True, description="What a link to it ends with.")
    level = graphene.Int(required=True, description="2 to 4.")
    text = graphene.String(required=True, description="Its words.")


class ExplainedWord(graphene.ObjectType):
    """A hard word of a page."""

    id = graphene.String(required=True, description="Its id within the page.")
    word = graphene.String(required=True, description="The word.")
    means = graphene.String(required=True, description="What it means, in plain words.")


class PageField(graphene.ObjectType):
    """Something pages of a kind have besides their text."""

    name = graphene.String(required=True, description="Its stable name.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    value = graphene.String(required=True, description="What it says.")


class CheckedLaw(graphene.ObjectType):
    """A law a page cites, and the edition it was checked against."""

    title = graphene.String(required=True, description="The law.")
    articles = graphene.List(graphene.NonNull(graphene.Int), required=True, description="The articles; 0 is all of it.")
    edition_on = graphene.Field(Date, description="The day of the edition it was checked against.")
    checked_on = graphene.Field(Date, description="When it was checked.")
    is_stale = graphene.Boolean(required=True, description="Whether the law has changed since, or nobody has checked.")
    is_repealed = graphene.Boolean(required=True, description="Whether the law has ended.")


class PageStep(graphene.ObjectType):
    """Something to do next."""

    code = graphene.String(required=True, description="Its stable name.")
    label = graphene.String(required=True, description="What to do.")
    why = graphene.String(required=True, description="What it is good for.")
    href = graphene.String(required=True, description="Where it leads: a page of ours or a telephone.")
    answers = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Answers to begin with, `name:value`."
    )


class PageEdition(graphene.ObjectType):
    """A language a page can be read in."""

    language = graphene.String(required=True, description="The language tag.")
    name = graphene.String(required=True, description="Its own name.")
    slug = graphene.String(required=True, description="The page's name in addresses.")
    is_converted = graphene.Boolean(required=True, description="Whether a machine turned the characters.")
    is_behind = graphene.Boolean(required=True, description="Whether the original has changed since.")


class Page(graphene.ObjectType):
    """A page, to be read."""

    card = graphene.Field(PageCard, required=True, description="Its title, summary and what it is about.")
    edition = graphene.Field(PageEdition, required=True, description="The language it is given in.")
    editions = graphene.List(graphene.NonNull(PageEdition), required=True, description="The languages there are.")
    is_missing = graphene.Boolean(required=True, description="Whether it was asked for in a language there is none of.")
    html = graphene.String(required=True, description="Its text as HTML, cleaned.")
    words = graphene.String(required=True, description="Its text alone, a line a paragraph.")
    headings = graphene.List(graphene.NonNull(PageHeading), required=True, description="Its headings.")
    terms = graphene.List(graphene.NonNull(ExplainedWord), required=True, description="Hard words it uses.")
    fields = graphene.List(graphene.NonNull(PageField), required=True, description="What its kind has besides.")
    laws = graphene.List(graphene.NonNull(CheckedLaw), required=True, description="Laws it cites.")
    next_steps = graphene.List(graphene.NonNull(PageStep), required=True, description="What to do next.")
    related = graphene.List(
        graphene.NonNull(PageCard), required=True, description="Pages that go with it, four at most."
    )


class Opened:
    """A page as the contract reads it, drawn once."""

    def __init__(self, read: languages.Read, *, now: Any) -> None:
        """Draw the text."""
        self.edition, self.editions, self.is_missing = read.edition, read.editions, read.is_missing
        self.card, self._now = read.card, now
        self._turn = languages.traditional if read.edition.is_converted else str
        body = written.read(read.card.body).intro if read.card.kind == Kind.QUIZ else read.card.body  # no answers
        self._body = body
        self._drawn = markdown.render(body, markdown.Aids(media.shown_in(body), glossary.ids()))
        if read.edition.is_converted:
            self.card = languages.converted(read.card)

    @property
    def html(self) -> str:
        """Give the text."""
        return self._turn(self._drawn.html)

    @property
    def words(self) -> str:
        """Give the words alone."""
        return self._turn(markdown.plain(self._body))

    @property
    def headings(self) -> list[dict[str, Any]]:
        """Give the headings."""
        return [{"id": one.id, "level": one.level, "text": self._turn(one.text)} for one in self._drawn.headings]

    @property
    def terms(self) -> list[dict[str, str]]:
        """Give the hard words."""
        found = glossary.explained(self._drawn.terms)
        return [{"id": one.id, "word": self._turn(one.word), "means": self._turn(one.means)} for one in found]

    @property
    def fields(self) -> list[dict[str, str]]:
        """Give what the kind has besides, where it says something a reader reads."""
        labels = FIELDS.get(Kind(self.card.kind), {})
        lies = shown.addresses(self.card.fields) if self.card.kind in (Kind.VIDEO, Kind.FORM) else {}
        said = {name: self.card.fields.get(name) for name in labels} | lies
        return [
            {"name": name, "label": labels.get(name, CAPTIONS), "value": str(value)}
            for name, value in said.items()
            if _reads(value)
        ]

    @property
    def laws(self) -> list[dict[str, Any]]:
        """Say which laws it cites, and against which edition it was checked."""
        return [
            {
                "title": one.title,
                "articles": one.articles,
                "edition_on": one.adopted_on,
                "checked_on": one.checked_at and china_day(one.checked_at),
                "is_stale": one.is_stale,
                "is_repealed": one.repealed,
            }
            for one in reading.laws_of(self.card, now=self._now)
        ]

    @property
    def next_steps(self) -> Sequence[steps.Step]:
        """Give what to do next."""
        return steps.after(self.card.topics, self.card.groups)

    @property
    def related(self) -> Sequence[reading.Card]:
        """Give what goes with it."""
        return reading.related(self.card, now=self._now)


def _reads(value: Any) -> bool:
    return isinstance(value, str) and value not in ("", "true")
