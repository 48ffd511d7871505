"""Is this paper ours? Public: for whoever holds one (FEATURES A16, A18, A28)."""

from __future__ import annotations

from typing import Any

import graphene

from api.private import private
from api.scalars import Date
from api.viewer import Viewer
from applications import genuine


class GenuinePaper(graphene.ObjectType):
    """A paper the service gave out, and that is as it was. Nothing of whose it is."""

    title = graphene.String(required=True, description="What it is called: what stands on top of it.")
    issued_on = graphene.Field(Date, required=True, description="The day it was issued.")
    is_demo = graphene.Boolean(required=True, description="Whether it is a made-up one of the demonstration.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    verify_paper = graphene.Field(
        GenuinePaper,
        description=(
            "The paper with this hash or code, where it is ours and was not changed; empty otherwise. "
            "Tries that fail are limited by address, names by paper."
        ),
        code=graphene.String(required=True, description="The hash of its QR, the address that holds it, or its code."),
        name=graphene.String(description="The name it is addressed to; compared where it is given."),
    )

    @private
    def resolve_verify_paper(_root, info: Any, code: str, name: str | None = None) -> Any:
        """Look at it."""
        viewer: Viewer = info.context
        return genuine.check(viewer.actor, code, name=name or "", address=viewer.address, now=viewer.now)
