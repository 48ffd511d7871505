"""Reading and signing the personal integrity pledge (FEATURES A15–A17)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from applications import drafts, queries, signing
from applications.pledge import SignatureMethod
from applications.signing import Wish

LONGEST_CODE = 20
Method = enum_of(
    SignatureMethod,
    "How a pledge is signed. All ways count the same.",
    {
        SignatureMethod.TYPED: "By typing one's name.",
        SignatureMethod.DRAWN: "By drawing, and typing one's name.",
        SignatureMethod.THUMBPRINT: "By the photograph of a thumb-print on paper, with somebody of the staff beside.",
    },
)


class PledgeClause(graphene.ObjectType):
    """One thing that is told before signing; each is acknowledged by itself."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is about.")
    legal = graphene.String(required=True, description="The legal text.")
    plain = graphene.String(required=True, description="The same in plain words.")


class PledgeStatementRow(graphene.ObjectType):
    """One line of what the applicant states."""

    field = graphene.String(required=True, description="The question, as a code.")
    label = graphene.String(required=True, description="The question.")
    value = graphene.String(required=True, description="The answer.")


class SignedPledge(graphene.ObjectType):
    """A pledge that stands."""

    signed_at = graphene.Field(DateTime, required=True, description="When it was signed.")
    method = graphene.String(required=True, description="typed, drawn or thumbprint.")
    sha256 = graphene.String(required=True, description="Its fingerprint.")


class PledgeForm(graphene.ObjectType):
    """All that is shown before signing, in the edition in force."""

    template = graphene.String(required=True, description="Which text.")
    version = graphene.String(required=True, description="Its edition; give it back when signing.")
    title = graphene.String(required=True, description="What it is called.")
    intro = graphene.String(required=True, description="That it is a free choice, and what the other way is.")
    clauses = graphene.List(graphene.NonNull(PledgeClause), required=True, description="What is told.")
    commitments = graphene.List(graphene.NonNull(graphene.String), required=True, description="What is promised.")
    statement = graphene.List(graphene.NonNull(PledgeStatementRow), required=True, description="What is stated.")
    signer_name = graphene.String(required=True, description="The applicant's name as given; the signature must match.")
    signed = graphene.Field(SignedPledge, description="The pledge that stands for what is stated now, if any.")


class Queries(graphene.ObjectType):
    """What can be asked about a pledge."""

    pledge_form = graphene.Field(
        PledgeForm,
        required=True,
        description="The pledge for one's own draft.",
        draft_id=graphene.ID(required=True, description="The draft."),
    )

    def resolve_pledge_form(_root, info: Any, draft_id: str) -> PledgeForm:
        """Give the text, and what it would be signed for."""
        viewer: Viewer = info.context
        situation = drafts.situation(queries.draft(viewer.actor, draft_id), now=viewer.now)
        shown = signing.edition_of(situation)
        return PledgeForm(
            template=shown.template,
            version=shown.version,
            title=shown.title,
            intro=shown.intro,
            clauses=shown.clauses,
            commitments=shown.commitments,
            statement=signing.stated(situation),
            signer_name=str(situation.answers.get("name") or ""),
            signed=signing.current(draft_id, situation),
        )


class SignPledgeInput(graphene.InputObjectType):
    """A signature."""

    draft_id = graphene.ID(required=True, description="The draft it is for.")
    version = graphene.String(required=True, description="The edition that was shown.")
    acknowledged = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The codes of all clauses that were ticked."
    )
    method = graphene.Argument(Method, required=True, description="How it is signed.")
    name = graphene.String(required=True, description="The applicant's name, typed.")
    drawing = graphene.String(description="The token of the uploaded drawing, or of the photograph of a thumb-print.")
    witness = graphene.String(
        default_value="", description="The code somebody of the staff says who sits beside; empty where nobody does."
    )


class SignPledge(Action):
    """Sign the pledge. Nothing signed can change unseen: signing again withdraws the one before."""

    class Arguments:
        """What it takes."""

        input = SignPledgeInput(required=True, description="The signature.")

    signed = graphene.Field(SignedPledge, description="The pledge that stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> SignPledge:
        """Sign it."""
        wish = Wish(
            version=input["version"],
            acknowledged=input["acknowledged"],
            method=SignatureMethod(input["method"]),
            name=input["name"],
            drawing=input.get("drawing"),
            witness=input["witness"][:LONGEST_CODE],
        )
        return cls(signed=signing.sign(viewer.actor, input["draft_id"], wish, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done with a pledge."""

    sign_pledge = SignPledge.Field(required=True, description="Sign the pledge.")
