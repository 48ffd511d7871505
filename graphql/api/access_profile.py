"""What somebody needs every time: kept because they agreed, reused in every order, forgotten on request (B09)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import AccessNeedType
from api.home_visit_types import LanguageType
from api.mutation import Action
from api.viewer import Viewer
from appointments.needs import AccessNeed
from appointments.visits import profile
from appointments.visits.profile import Profile
from appointments.visits.wishes import Language


class AccessProfile(graphene.ObjectType):
    """What somebody needs every time."""

    needs = graphene.List(graphene.NonNull(AccessNeedType), required=True, description="What is needed.")
    language = graphene.Field(LanguageType, required=True, description="What is spoken.")
    safe_times = graphene.String(required=True, description="When it is safe to ring; may be empty.")
    address = graphene.String(required=True, description="Where they live; may be empty.")
    access_notes = graphene.String(required=True, description="How to get to the door; may be empty.")


class ProfileConsent(graphene.ObjectType):
    """What has to be agreed to before it is kept."""

    edition = graphene.String(required=True, description="Which edition of the words.")
    words = graphene.String(required=True, description="The words.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    my_access_profile = graphene.Field(AccessProfile, description="One's own, where there is one.")
    profile_consent = graphene.Field(ProfileConsent, required=True, description="What has to be agreed to.")

    def resolve_my_access_profile(_root, info: Any) -> Any:
        """Give one's own."""
        viewer: Viewer = info.context
        return profile.mine(viewer.actor)

    def resolve_profile_consent(_root, _info: Any) -> dict[str, str]:
        """Give the words."""
        return {"edition": profile.EDITION, "words": profile.WORDS}


class SaveAccessProfileInput(graphene.InputObjectType):
    """What to keep."""

    needs = graphene.List(graphene.NonNull(AccessNeedType), default_value=[], description="What is needed.")
    language = graphene.Field(LanguageType, default_value=Language.MANDARIN, description="What is spoken.")
    safe_times = graphene.String(default_value="", description=f"When to ring; {profile.LONGEST_TIMES} characters.")
    address = graphene.String(default_value="", description=f"Where they live; {profile.LONGEST_ADDRESS} characters.")
    access_notes = graphene.String(
        default_value="", description=f"How to get to the door; {profile.LONGEST_ADDRESS} characters."
    )
    agreed_edition = graphene.String(required=True, description="Which edition of the words was agreed to.")


class SaveAccessProfile(Action):
    """Keep what one needs every time, in the place of what was kept before."""

    class Arguments:
        input = SaveAccessProfileInput(required=True)

    profile = graphene.Field(AccessProfile, description="What is kept.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it."""
        given = Profile(
            needs=tuple(map(AccessNeed, input.needs)),
            language=Language(input.language),
            safe_times=input.safe_times,
            address=input.address,
            access_notes=input.access_notes,
        )
        return cls(profile=profile.save(viewer.actor, given, input.agreed_edition, now=viewer.now))


class ForgetAccessProfile(Action):
    """Forget it at once."""

    is_forgotten = graphene.Boolean(description="Always true: it is gone.")

    @classmethod
    def act(cls, viewer: Viewer) -> Any:
        """Forget it."""
        profile.forget(viewer.actor, now=viewer.now)
        return cls(is_forgotten=True)


class Mutations(graphene.ObjectType):
    """What can be done."""

    save_access_profile = SaveAccessProfile.Field()
    forget_access_profile = ForgetAccessProfile.Field()
