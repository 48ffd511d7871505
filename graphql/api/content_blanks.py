"""The library of forms through the door (FEATURES D27). Their files are fetched, not asked for here."""

from __future__ import annotations

from typing import Any

import graphene

from api.scalars import Date
from content import blanks


class BlankForm(graphene.ObjectType):
    """A form to fill in."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is called.")
    edition = graphene.Field(Date, required=True, description="The day of its wording.")
    law = graphene.String(required=True, description="What it stands on.")
    about = graphene.String(required=True, description="What it is for.")
    hand_in = graphene.String(required=True, description="Where it goes.")
    notes = graphene.List(graphene.NonNull(graphene.String), required=True, description="What else to know.")
    asks = graphene.List(graphene.NonNull(graphene.String), required=True, description="What it asks, in order.")
    knows = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="What of it an account may fill in: `name`, `phone`.",
    )
    file = graphene.String(required=True, description="The empty form, as PDF.")

    def resolve_asks(blank, _info: Any) -> list[str]:
        """Name its fields."""
        return [one.label for part in blank.parts for one in part.fields]

    def resolve_knows(blank, _info: Any) -> list[str]:
        """Name what an account knows."""
        return list(blank.known)

    def resolve_file(blank, _info: Any) -> str:
        """Name the file."""
        return f"/m/v1/forms/{blank.code}.pdf"


class Queries(graphene.ObjectType):
    """What can be asked of forms."""

    blank_forms = graphene.List(
        graphene.NonNull(BlankForm), required=True, description="The forms there are: some half a dozen."
    )
    blank_form = graphene.Field(
        BlankForm,
        required=True,
        description="A form.",
        code=graphene.String(required=True, description="Its stable name."),
    )

    def resolve_blank_forms(_root, _info: Any) -> list[blanks.Blank]:
        """List them."""
        return list(blanks.blanks().values())

    def resolve_blank_form(_root, _info: Any, code: str) -> blanks.Blank:
        """Give one."""
        return blanks.find(code)
