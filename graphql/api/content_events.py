"""Events through the door: what takes place, signing up without an account, what came of it (FEATURES D16)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import phone as phones
from accounts import throttle
from api.content_input import PAGE
from api.mutation import Action, recorded
from api.scalars import Date, DateTime, enum_of
from api.viewer import Viewer
from content import media
from content.events import page, places, reporting, signing
from content.events.signing import FILE, SignupState
from content.rulebook import rules
from core.errors import Problem, Rejected
from locator import queries as divisions

SLUG = "The page's name in addresses."
CODE = "The code, as people type it."

SignupStateType = enum_of(
    SignupState,
    "How a sign-up for an event stands.",
    {one: f"{label}." for one, label in signing.STATES.items()},
    name="EventSignupState",
)


class Event(graphene.ObjectType):
    """Something that takes place."""

    slug = graphene.String(required=True, description=SLUG)
    title = graphene.String(required=True, description="Its title.")
    summary = graphene.String(required=True, description="What it is, in a sentence or two.")
    region_name = graphene.String(required=True, description="The division it is for.")
    held_on = graphene.Field(Date, required=True, description="The day.")
    hours = graphene.String(required=True, description="From when to when, in words; may be empty.")
    place = graphene.String(required=True, description="Where.")
    capacity = graphene.Int(description="How many places there are; empty where nobody need sign up.")
    left = graphene.Int(description="How many places are left.")
    is_open = graphene.Boolean(required=True, description="Whether one can sign up, or wait for a place.")
    is_over = graphene.Boolean(required=True, description="Whether its day is over.")
    came = graphene.Int(description="How many came, once that was reported.")
    most_people = graphene.Int(required=True, description="How many may come on one sign-up.")

    def resolve_region_name(event, _info: Any) -> str:
        """Name the division."""
        return divisions.division(event.region).name

    def resolve_left(event, _info: Any) -> int | None:
        """Count what is left."""
        return places.left(event)

    def resolve_is_open(event, info: Any) -> bool:
        """Look at the day."""
        return bool(event.is_open(info.context.now))

    def resolve_is_over(event, info: Any) -> bool:
        """Look at the day."""
        return bool(event.ends_at <= info.context.now)

    def resolve_came(event, _info: Any) -> int | None:
        """Look at the report."""
        return reporting.came(event.article_id)

    def resolve_most_people(_event, _info: Any) -> int:
        """Give the rule."""
        return int(rules(FILE)["most_people"])


class EventCard(graphene.ObjectType):
    """An event in a list."""

    slug = graphene.String(required=True, description=SLUG)
    title = graphene.String(required=True, description="Its title.")
    summary = graphene.String(required=True, description="What it is.")
    region_name = graphene.String(required=True, description="The division it is for.")
    held_on = graphene.Field(Date, required=True, description="The day.")
    hours = graphene.String(required=True, description="From when to when, in words; may be empty.")
    place = graphene.String(required=True, description="Where.")
    left = graphene.Int(description="How many places are left; empty where nobody need sign up.")


class EventSignup(graphene.ObjectType):
    """A sign-up as whoever has its code sees it."""

    code = graphene.String(required=True, description="The code.")
    state = graphene.Field(SignupStateType, required=True, description="How it stands.")
    state_text = graphene.String(required=True, description="The same in words.")
    people = graphene.Int(required=True, description="How many come.")
    held_on = graphene.Field(Date, required=True, description="The day.")
    title = graphene.String(required=True, description="The event.")
    slug = graphene.String(required=True, description=SLUG)
    event = graphene.Field(Event, description="The event as its page says now; empty where it is shown no more.")
    before = graphene.Int(required=True, description="How many wait ahead of it, where it waits.")
    wants_text = graphene.Boolean(required=True, description="Whether a text is sent when something changes.")

    def resolve_state_text(found, _info: Any) -> str:
        """Name the state."""
        return signing.STATES[found.state]


class EventReport(graphene.ObjectType):
    """What came of an event."""

    came = graphene.Int(required=True, description="How many came.")
    asked = graphene.Int(required=True, description="How many asked for advice.")
    copies = graphene.Int(required=True, description="How many leaflets were handed out.")
    words = graphene.String(required=True, description="A few words; may be empty.")
    pictures = graphene.List(graphene.NonNull(graphene.ID), required=True, description="Photographs of the library.")
    reported_at = graphene.Field(DateTime, required=True, description="When it was reported.")


class EventTally(graphene.ObjectType):
    """Who has signed up for an event of one's region, in figures."""

    held_on = graphene.Field(Date, description="The day, as the newest revision says.")
    capacity = graphene.Int(description="How many places there are; empty where nobody need sign up.")
    taken = graphene.Int(required=True, description="How many places are taken.")
    coming = graphene.Int(required=True, description="How many sign-ups come.")
    waiting = graphene.Int(required=True, description="How many wait for places.")
    may_report = graphene.Boolean(required=True, description="Whether its day has come.")
    report = graphene.Field(EventReport, description="What was reported.")
    pictures = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The small files of its photographs."
    )

    def resolve_pictures(tally, _info: Any) -> list[str]:
        """Name the files."""
        ids = tally.report.pictures if tally.report else []
        return [f"/media/{one}/320.jpg" for one in ids if one in media.known(ids)]


class Queries(graphene.ObjectType):
    """What can be asked of events."""

    coming_events = graphene.List(
        graphene.NonNull(EventCard),
        required=True,
        description="What takes place from today on, the next first; fifty at most.",
        region=graphene.String(description="Only in this division, those it lies in, and those right below it."),
    )
    event = graphene.Field(
        Event,
        required=True,
        description="An event readers see.",
        slug=graphene.String(required=True, description=SLUG),
    )
    event_signup = graphene.Field(
        EventSignup,
        description="A sign-up by its code; empty where there is none. Every try is counted.",
        code=graphene.String(required=True, description=CODE),
    )
    event_tally = graphene.Field(
        EventTally,
        required=True,
        description="Who has signed up for an event of one's region, and what came of it; for editors.",
        id=graphene.ID(required=True, description=PAGE),
    )

    def resolve_coming_events(_root, info: Any, region: str | None = None) -> list[EventCard]:
        """List them, counting places in one statement."""
        here = divisions.division(region) if region else None
        codes = [*here.steps, *(one.code for one in divisions.children(here.code))] if here else None
        found = page.coming(now=info.context.now, regions=codes)
        names = divisions.regions(one.region for one in found)
        taken = places.taken([one.article_id for one in found])
        return [
            EventCard(
                **{name: getattr(one, name) for name in ("slug", "title", "summary", "held_on", "hours", "place")},
                region_name=names[one.region].name,
                left=None if one.capacity is None else max(0, one.capacity - taken.get(one.article_id, 0)),
            )
            for one in found
        ]

    def resolve_event(_root, info: Any, slug: str) -> page.Event:
        """Give one."""
        return page.find(slug, now=info.context.now)

    @recorded
    def resolve_event_signup(_root, info: Any, code: str) -> signing.Found | None:
        """Find it."""
        viewer: Viewer = info.context
        throttle.count_address("event_code", viewer.address, now=viewer.now)
        return signing.by_code(code, now=viewer.now)

    def resolve_event_tally(_root, info: Any, id: str) -> reporting.Tally:
        """Count."""
        return reporting.tally(info.context.actor, id, now=info.context.now)


class JoinEventInput(graphene.InputObjectType):
    """Who comes."""

    slug = graphene.String(required=True, description=SLUG)
    people = graphene.Int(description="How many come.")
    phone = graphene.String(description="A mobile number for texts about this event alone; forgotten afterwards.")


class JoinEvent(Action):
    """Sign up for an event, or wait for a place. Nobody needs to sign in."""

    class Arguments:
        input = JoinEventInput(required=True)

    code = graphene.String(description="Finds the sign-up. Nothing else does.")
    state = graphene.Field(SignupStateType, description="Whether one comes, or waits.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Sign up."""
        throttle.count_address("event_address", viewer.address, now=viewer.now)
        made = _joined(viewer, input.slug, input.get("people"), phones.normalise(input.get("phone") or ""))
        return cls(code=made.code, state=SignupState(made.state))


class LeaveEventInput(graphene.InputObjectType):
    """Which sign-up."""

    code = graphene.String(required=True, description=CODE)


class LeaveEvent(Action):
    """Give one's places back: whoever waits gets them."""

    class Arguments:
        input = LeaveEventInput(required=True)

    code = graphene.String(description="The code of the sign-up that ended.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Leave."""
        throttle.count_address("event_code", viewer.address, now=viewer.now)
        return cls(code=signing.leave(viewer.actor, input.code, now=viewer.now).code)


class ReportEventInput(graphene.InputObjectType):
    """What came of an event."""

    id = graphene.ID(required=True, description=PAGE)
    came = graphene.Int(description="How many came.")
    asked = graphene.Int(description="How many asked for advice.")
    copies = graphene.Int(description="How many leaflets were handed out.")
    words = graphene.String(required=True, description=f"A few words; {reporting.LONGEST_WORDS} characters.")
    pictures = graphene.List(graphene.NonNull(graphene.ID), required=True, description="Photographs of the library.")


class ReportEvent(Action):
    """Say what came of an event of one's region. Saying it again replaces it."""

    class Arguments:
        input = ReportEventInput(required=True)

    id = graphene.ID(description="The page.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Report it."""
        told = reporting.Told(input.get("came"), input.get("asked"), input.get("copies"), input.words, input.pictures)
        return cls(id=reporting.report(viewer.actor, input.id, told, now=viewer.now).article_id)


class Mutations(graphene.ObjectType):
    """What can be done about events."""

    join_event = JoinEvent.Field()
    leave_event = LeaveEvent.Field()
    report_event = ReportEvent.Field()


def _joined(viewer: Viewer, slug: str, people: int | None, number: str) -> Any:
    """Sign up; a number that takes no text is said together with everything else."""
    fits = not number or phones.is_mobile(number)
    unfit = () if fits else (Problem("report_phone_unfit", "phone"),)
    try:
        made = signing.join(viewer.actor, slug, signing.Given(people, number if fits else ""), now=viewer.now)
    except Rejected as rejected:
        raise Rejected((*rejected.problems, *unfit)) from None
    if unfit:
        raise Rejected(unfit)
    return made
