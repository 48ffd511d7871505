"""The service itself: what is running, and the telephone that always answers."""

from __future__ import annotations

from typing import Any

import graphene

from core import settings

VERSION = "0.1.0"


class Service(graphene.ObjectType):
    """The running service."""

    name = graphene.String(required=True, description="Its name, in Chinese.")
    hotline = graphene.String(required=True, description="The legal-service hotline.")
    version = graphene.String(required=True, description="The version that is running.")
    mode = graphene.String(required=True, description="demo, development or production.")


class Queries(graphene.ObjectType):
    """What can be asked of the service itself."""

    service = graphene.Field(Service, required=True, description="The running service.")

    def resolve_service(_root, _info: Any) -> Service:
        """Describe the running service."""
        return Service(name="如法 · 法律援助", hotline="12348", version=VERSION, mode=settings.current().mode)
