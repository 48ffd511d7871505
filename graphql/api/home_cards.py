"""The cards of the first screen, as the contract shows them: few words each, for a home screen over a thin line."""

from __future__ import annotations

import graphene

from api.content_bulletins import Bulletin
from api.scalars import DateTime


class CardTrouble(graphene.ObjectType):
    """Why a card has nothing to show, while the others do."""

    code = graphene.String(required=True, description="Stable name of what is the matter.")
    text = graphene.String(required=True, description="The same in plain Chinese.")
    remedy = graphene.String(required=True, description="What to do about it.")
    retryable = graphene.Boolean(required=True, description="Whether asking again may help.")
    reference = graphene.String(description="A number to quote, where the fault is ours.")


TROUBLE = graphene.Field(CardTrouble, description="Why there is nothing to show; empty where all is well.")


class HomeCase(graphene.ObjectType):
    """A case of one's own, in a line."""

    reference = graphene.String(required=True, description="The number people quote.")
    state = graphene.String(required=True, description="Where it stands, as a code.")
    state_text = graphene.String(required=True, description="Where it stands, in plain words.")
    is_your_turn = graphene.Boolean(required=True, description="Whether something is waited for from this person.")
    received_at = graphene.Field(DateTime, required=True, description="When it was received.")


class HomeDraft(graphene.ObjectType):
    """What one has begun to write. What it is about is not said: a screen is seen by others."""

    id = graphene.ID(required=True, description="Its id.")
    saved_at = graphene.Field(DateTime, required=True, description="When it was last saved.")
    expires_at = graphene.Field(DateTime, required=True, description="When it is deleted unless somebody goes on.")


class HomeCases(graphene.ObjectType):
    """One's own cases, the newest first, and what is not handed in yet."""

    trouble = TROUBLE
    cases = graphene.List(graphene.NonNull(HomeCase), required=True, description="Three at most.")
    has_more = graphene.Boolean(required=True, description="Whether there are others.")
    drafts = graphene.List(graphene.NonNull(HomeDraft), required=True, description="Three at most.")


class HomeAppointment(graphene.ObjectType):
    """The next time somebody is expected, or expects a team at home."""

    trouble = TROUBLE
    starts_at = graphene.Field(DateTime, description="When it begins; empty where nothing is ordered.")
    ends_at = graphene.Field(DateTime, description="When it is over.")
    service = graphene.String(required=True, description="What it is; empty where nothing is ordered.")
    state_text = graphene.String(required=True, description="How far it has come, in words.")
    place = graphene.String(required=True, description="The station's name.")
    address = graphene.String(required=True, description="The station's address.")
    link = graphene.String(description="The secret that opens it.")


class HomePlace(graphene.ObjectType):
    """The nearest place that is open now; where none is, the nearest."""

    trouble = TROUBLE
    code = graphene.String(required=True, description="The station's code; empty where nobody said where they are.")
    name = graphene.String(required=True, description="Its name.")
    address = graphene.String(required=True, description="Its address.")
    phone = graphene.String(required=True, description="Its telephone number.")
    is_open = graphene.Boolean(required=True, description="Whether somebody is there now.")
    opening = graphene.String(required=True, description="The same in a sentence.")
    distance_text = graphene.String(required=True, description="How far it is.")
    walk_minutes = graphene.Int(description="How long it takes on foot.")
    is_demo = graphene.Boolean(required=True, description="Whether it is made up, to be tried.")


class HomePage(graphene.ObjectType):
    """A page about the law, in a line."""

    slug = graphene.String(required=True, description="Its name in addresses.")
    title = graphene.String(required=True, description="Its title.")
    kind_name = graphene.String(required=True, description="What sort it is, in Chinese.")
    minutes = graphene.Int(required=True, description="How many minutes a slow reader needs.")


class HomePages(graphene.ObjectType):
    """What to read."""

    trouble = TROUBLE
    pages = graphene.List(graphene.NonNull(HomePage), required=True, description="Four at most.")


class HomeBulletins(graphene.ObjectType):
    """The notices that stand now."""

    trouble = TROUBLE
    bulletins = graphene.List(graphene.NonNull(Bulletin), required=True, description="The gravest first; five at most.")


class Home(graphene.ObjectType):
    """The first screen. Each card is read by itself: where one fails it says so, and the others are there."""

    is_signed_in = graphene.Boolean(required=True, description="Whether cards of one's own can be filled.")
    cases = graphene.Field(HomeCases, required=True, description="One's own cases; empty for who has not signed in.")
    appointment = graphene.Field(HomeAppointment, required=True, description="One's own next appointment.")
    place = graphene.Field(HomePlace, required=True, description="The nearest open place.")
    pages = graphene.Field(HomePages, required=True, description="What to read.")
    bulletins = graphene.Field(HomeBulletins, required=True, description="What stands on top.")
