"""Pages as the desk sees them: lists, what a page says, what was done to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import graphene

from accounts import queries as people
from api import paging
from api.content_kinds import KindType, LanguageType
from api.messages import message
from api.scalars import Date, DateTime, enum_of
from content import difference, guards, kinds, queries
from content.difference import Change
from content.guards import Weight
from content.kinds import Kind, Language, definitions
from content.queries import Shelf, State
from content.said import Said
from locator import queries as places

SYSTEM_NAME = "系统"

StateType = enum_of(
    State, "How far a page has come.", {one: f"{label}." for one, label in queries.STATES.items()}, name="ContentState"
)
ShelfType = enum_of(
    Shelf,
    "Which pages a list shows.",
    {
        Shelf.ALL: "All of the region.",
        Shelf.MINE: "Those one has written or changed last.",
        Shelf.WAITING: "Those laid before a reviewer.",
        Shelf.STALE: "Live pages that cite a law which has changed.",
    },
    name="ContentShelf",
)
WeightType = enum_of(
    Weight, "How bad a finding is.", {one: f"{label}." for one, label in guards.WEIGHTS.items()}, name="FindingWeight"
)
ChangeType = enum_of(
    Change,
    "What became of a passage.",
    {one: f"{label}." for one, label in difference.CHANGES.items()},
    name="PassageChange",
)


class ContentItem(graphene.ObjectType):
    """A page in a list of the desk."""

    id = graphene.ID(required=True, description="Its id.")
    slug = graphene.String(required=True, description="Its name in addresses.")
    kind = graphene.Field(KindType, required=True, description="What sort of page it is.")
    kind_text = graphene.String(required=True, description="The same in Chinese.")
    language = graphene.Field(LanguageType, required=True, description="What it is written in.")
    region = graphene.String(required=True, description="The division it is for.")
    region_name = graphene.String(required=True, description="The division's name.")
    title = graphene.String(required=True, description="Its newest title.")
    state = graphene.Field(StateType, required=True, description="How far it has come.")
    state_text = graphene.String(required=True, description="The same in Chinese.")
    is_live = graphene.Boolean(required=True, description="Whether readers see a revision of it now.")
    is_sample = graphene.Boolean(required=True, description="Whether it is an example a lawyer has yet to read.")
    is_stale = graphene.Boolean(required=True, description="Whether a law it cites has changed since it was checked.")
    newest = graphene.Int(required=True, description="The number of its newest revision.")
    changed_at = graphene.Field(DateTime, required=True, description="When it was changed last.")
    changed_by = graphene.String(required=True, description="By whom.")
    due_at = graphene.Field(DateTime, description="When the open review is due.")
    claimed_by = graphene.String(description="Who is looking at it.")
    starts_at = graphene.Field(DateTime, description="When the next revision will be shown.")
    ends_at = graphene.Field(DateTime, description="When what is shown now ends, where an end is set.")


ContentItemConnection = paging.connection(ContentItem, "Pages of the desk.", total=True)


class ContentField(graphene.ObjectType):
    """Something a kind of page has besides title, summary and text."""

    code = graphene.String(required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    value = graphene.String(required=True, description="What it holds; may be empty.")
    is_required = graphene.Boolean(required=True, description="Whether a page cannot be published without it.")


class ContentSaid(graphene.ObjectType):
    """What a page says."""

    title = graphene.String(required=True, description="The title.")
    summary = graphene.String(required=True, description="What comes first: the answer in a sentence or two.")
    body = graphene.String(required=True, description="The text, as Markdown.")
    fields = graphene.List(graphene.NonNull(ContentField), required=True, description="What its kind has besides.")
    groups = graphene.List(graphene.NonNull(graphene.String), required=True, description="Whom it is for, by code.")
    topics = graphene.List(graphene.NonNull(graphene.String), required=True, description="What it is about, by code.")


class ContentFinding(graphene.ObjectType):
    """Something a guard has found."""

    code = graphene.String(required=True, description="What.")
    weight = graphene.Field(WeightType, required=True, description="How bad it is.")
    field = graphene.String(required=True, description="In which field.")
    line = graphene.Int(required=True, description="In which line; 0 where it is no matter of a line.")
    before = graphene.String(required=True, description="What stands before the passage.")
    passage = graphene.String(required=True, description="The passage.")
    after = graphene.String(required=True, description="What stands after it.")
    message = graphene.String(required=True, description="What is the matter, in Chinese.")
    remedy = graphene.String(required=True, description="What to do about it.")


class ContentPreview(graphene.ObjectType):
    """A page as readers would see it, and what the guards say."""

    html = graphene.String(required=True, description="The text as harmless HTML.")
    minutes = graphene.Int(required=True, description="How long a slow reader needs.")
    findings = graphene.List(graphene.NonNull(ContentFinding), required=True, description="What was found.")
    is_stopped = graphene.Boolean(required=True, description="Whether it may not be published as it is.")
    unknown_laws = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Laws it names that are not on our list."
    )


class Passage(graphene.ObjectType):
    """Sentences in a row with the same fate."""

    change = graphene.Field(ChangeType, required=True, description="What became of them.")
    text = graphene.String(required=True, description="The sentences.")


class ContentClash(graphene.ObjectType):
    """A passage two people have changed in different ways."""

    before = graphene.String(required=True, description="What it said before both.")
    mine = graphene.String(required=True, description="What one's own version says.")
    theirs = graphene.String(required=True, description="What the other's says.")


class LawStanding(graphene.ObjectType):
    """How a live page stands to a law it cites."""

    law_code = graphene.String(required=True, description="The law's code.")
    title = graphene.String(required=True, description="The law.")
    articles = graphene.List(graphene.NonNull(graphene.Int), required=True, description="Its articles; 0 is all of it.")
    adopted_on = graphene.Field(Date, description="The edition it was checked against.")
    checked_at = graphene.Field(DateTime, description="When it was checked.")
    newest_on = graphene.Field(Date, required=True, description="The newest edition in force.")
    repealed = graphene.Boolean(required=True, description="Whether the law was repealed.")
    is_stale = graphene.Boolean(required=True, description="Whether the page must be looked at again.")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people and divisions, asked for once for everything that is shown."""

    people: Mapping[str, str]

    def of(self, staff_id: str | None) -> str | None:
        """Name a member of staff."""
        return None if staff_id is None else self.people.get(staff_id, SYSTEM_NAME)


def named(staff_ids: Iterable[str | None]) -> Names:
    """Ask for names once."""
    return Names(people.names_of({one for one in staff_ids if one}))


def item(entry: queries.Entry, names: Names, *, is_stale: bool) -> ContentItem:
    """Show a page in a list. Regions must be asked for before, all at once."""
    article, review = entry.article, entry.review
    is_open = entry.state is State.WAITING and review is not None
    region = places.regions([article.region]).get(article.region)
    return ContentItem(
        id=article.id,
        slug=article.slug,
        kind=Kind(article.kind),
        kind_text=definitions()[Kind(article.kind)].title,
        language=Language(article.language),
        region=article.region,
        region_name=region.name if region else article.region,
        title=entry.revision.title,
        state=entry.state,
        state_text=queries.STATES[entry.state],
        is_live=entry.live is not None,
        is_sample=article.is_sample,
        is_stale=is_stale,
        newest=article.revisions,
        changed_at=entry.revision.made_at,
        changed_by=names.of(entry.revision.made_by),
        due_at=review.due_at if is_open and review else None,
        claimed_by=names.of(review.claimed_by) if is_open and review else None,
        starts_at=entry.coming.starts_at if entry.coming else None,
        ends_at=entry.live.expires_at if entry.live else None,
    )


def said_by(kind: str, said: Said) -> ContentSaid:
    """Show what a page says, with every field its kind has."""
    required = definitions()[Kind(kind)].required
    fields = [
        ContentField(code=code, label=label, value=str(said.fields.get(code) or ""), is_required=code in required)
        for code, label in kinds.FIELDS.get(Kind(kind), {}).items()
    ]
    return ContentSaid(said.title, said.summary, said.body, fields, list(said.groups), list(said.topics))


def finding(found: guards.Finding) -> ContentFinding:
    """Put a finding into words."""
    told = message(found.code, {"passage": found.passage, "advice": found.advice})
    return ContentFinding(
        code=found.code,
        weight=found.weight,
        field=found.field,
        line=found.line,
        before=found.before,
        passage=found.passage,
        after=found.after,
        message=told.text,
        remedy=told.remedy,
    )
