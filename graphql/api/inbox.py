"""What somebody was told, how they want to be told, and what they allow WeChat to send them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import graphene

from api import paging
from api.mutation import Action
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from core.calendar import instant
from core.errors import Malformed
from messages import queries, service, subscriptions
from messages.subscriptions import Said
from messages.ways import Kind

MessageKind = enum_of(
    Kind,
    "What sort of message it is.",
    {
        Kind.RECEIPT: "It answers what somebody has just done.",
        Kind.NEWS: "There is something to look at.",
        Kind.REMINDER: "An appointment comes near.",
        Kind.ACCOUNT: "It is about the account itself.",
    },
    name="MessageKind",
)
SubscribeResult = enum_of(
    Said,
    "What WeChat says somebody answered.",
    {
        Said.ACCEPT: "Allowed, once.",
        Said.REJECT: "Not allowed.",
        Said.BAN: "Turned off by WeChat.",
        Said.FILTER: "Left out by WeChat: another one has the same title.",
    },
    name="SubscribeResult",
)


class Message(graphene.ObjectType):
    """Something somebody was told: the copy they read here, whatever else reached them."""

    id = graphene.ID(required=True, description="Its id.")
    kind = graphene.Field(MessageKind, required=True, description="What sort of message it is.")
    title = graphene.String(required=True, description="What it is, in a few words.")
    body = graphene.String(required=True, description="What it says.")
    path = graphene.String(required=True, description="Where it leads within the portal; may be empty.")
    created_at = graphene.Field(DateTime, required=True, description="When it was written.")
    read_at = graphene.Field(DateTime, description="When it was read.")


MessageConnection = paging.connection(Message, "One's messages, the newest first.")


class SubscriptionOffer(graphene.ObjectType):
    """A message somebody can allow WeChat to send them, once a tap."""

    name = graphene.String(required=True, description="What we call it; name it in `subscribeConsent`.")
    template_id = graphene.String(required=True, description="For `wx.requestSubscribeMessage`.")
    title = graphene.String(required=True, description="What it is for, before somebody is asked.")
    shown = graphene.String(required=True, description="What will be sent: say so before somebody is asked.")
    left_over = graphene.Int(required=True, description="How many are still allowed.")


class MessageSettings(graphene.ObjectType):
    """How somebody wants to be told. Everything also stands in their list of messages."""

    by_wechat = graphene.Boolean(required=True, description="By WeChat, where a message is allowed.")
    by_sms = graphene.Boolean(required=True, description="By text message.")
    by_email = graphene.Boolean(required=True, description="By e-mail besides.")
    is_wechat_bound = graphene.Boolean(required=True, description="Whether their WeChat is bound.")
    is_email_offered = graphene.Boolean(required=True, description="Whether e-mail can be had here.")
    masked_email = graphene.String(required=True, description="Their mailbox, mostly hidden; empty without one.")
    is_email_confirmed = graphene.Boolean(required=True, description="Whether its owner has confirmed it.")


class Queries(graphene.ObjectType):
    """What can be asked about messages of one's own."""

    messages = paging.paged(MessageConnection, "One's messages, the newest first.")
    unread_messages = graphene.Int(required=True, description="How many are unread; none for a stranger.")
    message_settings = graphene.Field(MessageSettings, required=True, description="How one wants to be told.")
    subscription_offers = graphene.List(
        graphene.NonNull(SubscriptionOffer),
        required=True,
        description="What one can allow WeChat to send: none where there is no WeChat.",
    )

    def resolve_messages(_root, info: Any, first: int, after: str | None = None) -> paging.Page:
        """List them."""
        rows = queries.mine(info.context.actor, first=paging.judged(first), after=_place(after))
        return paging.page_of(rows, first, lambda row: (row.created_at.isoformat(), row.id))

    def resolve_unread_messages(_root, info: Any) -> int:
        """Count them."""
        return queries.unread(info.context.actor)

    def resolve_message_settings(_root, info: Any) -> Any:
        """Say how they want to be told."""
        return service.channels(info.context.actor)

    def resolve_subscription_offers(_root, info: Any) -> Any:
        """Say what can be allowed."""
        return subscriptions.offered(info.context.actor)


class ReadMessageInput(graphene.InputObjectType):
    """Which message."""

    message = graphene.ID(description="One of your messages; without it, all of them.")


class MessageSettingsInput(graphene.InputObjectType):
    """How somebody wants to be told."""

    by_wechat = graphene.Boolean(required=True, description="By WeChat, where a message is allowed.")
    by_sms = graphene.Boolean(required=True, description="By text message.")
    by_email = graphene.Boolean(required=True, description="By e-mail besides; the mailbox has to be confirmed.")


class MailboxInput(graphene.InputObjectType):
    """A mailbox."""

    address = graphene.String(required=True, description="Where to write; empty to forget the one there is.")


class ConfirmMailboxInput(graphene.InputObjectType):
    """What was sent to a mailbox."""

    token = graphene.String(required=True, description="The end of the link.")


class SubscribeAnswerInput(graphene.InputObjectType):
    """What somebody answered to one message."""

    name = graphene.String(required=True, description="The name of the message, from `subscriptionOffers`.")
    result = graphene.Field(SubscribeResult, required=True, description="What WeChat says they answered.")


class SubscribeConsentInput(graphene.InputObjectType):
    """What somebody answered when WeChat asked them."""

    results = graphene.List(
        graphene.NonNull(SubscribeAnswerInput), required=True, description="One answer a message; three at most."
    )


class ReadMessage(Action):
    """Mark one of your messages as read, or all of them."""

    class Arguments:
        input = ReadMessageInput(required=True)

    message = graphene.Field(Message, description="The one that was read; empty for all of them.")
    unread = graphene.Int(description="How many are still unread.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Mark them."""
        read = service.read(viewer.actor, input.get("message"), now=viewer.now)
        return cls(message=read, unread=queries.unread(viewer.actor))


class SetMessageSettings(Action):
    """Choose how you want to be told. One way that works has to be left."""

    class Arguments:
        input = MessageSettingsInput(required=True)

    settings = graphene.Field(MessageSettings, description="As it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Choose."""
        return cls(settings=service.choose(viewer.actor, **input, now=viewer.now))


class SetMailbox(Action):
    """Name a mailbox. What confirms it is sent there; until then nothing else is."""

    class Arguments:
        input = MailboxInput(required=True)

    settings = graphene.Field(MessageSettings, description="As it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Name it."""
        return cls(settings=service.set_email(viewer.actor, input.address, now=viewer.now))


class ConfirmMailbox(Action):
    """Confirm a mailbox by the link that was sent to it."""

    class Arguments:
        input = ConfirmMailboxInput(required=True)

    masked_email = graphene.String(description="Which one, mostly hidden.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Confirm it."""
        return cls(masked_email=service.confirm_email(viewer.actor, input.token, now=viewer.now))


class SubscribeConsent(Action):
    """Note what you answered when WeChat asked whether we may send you something."""

    class Arguments:
        input = SubscribeConsentInput(required=True)

    offers = graphene.List(graphene.NonNull(SubscriptionOffer), description="As they stand now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        answers = [(one.name, Said(one.result)) for one in input.results]
        subscriptions.consent(viewer.actor, answers, now=viewer.now)
        return cls(offers=subscriptions.offered(viewer.actor))


class Mutations(graphene.ObjectType):
    """What can be done about messages of one's own."""

    read_message = ReadMessage.Field()
    set_message_settings = SetMessageSettings.Field()
    set_mailbox = SetMailbox.Field()
    confirm_mailbox = ConfirmMailbox.Field()
    subscribe_consent = SubscribeConsent.Field()


def _place(after: str | None) -> tuple[datetime, str] | None:
    key = paging.place(after)
    if key is None:
        return None
    try:
        created_at, row_id = key
        moment = instant(created_at)
    except (TypeError, ValueError) as wrong:
        raise Malformed("cursor_unknown") from wrong
    if not isinstance(row_id, str):
        raise Malformed("cursor_unknown")
    return moment, row_id
