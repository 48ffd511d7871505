"""A whole case, with everything that is read together with it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from applications import checklist, journey, policy, reasons, uploads
from applications.agencies import options_for
from applications.journey import Situation
from applications.models.application import Application
from applications.models.supplement import SupplementNotice
from applications.rulebook import rulebook
from core.calendar import china_day
from core.db import session
from core.errors import NotFound
from core.identity import Actor

SUPPLEMENT = "supplement:"
WHOLE = (
    selectinload(Application.events),
    selectinload(Application.pledge),
    selectinload(Application.notices).selectinload(SupplementNotice.items),
    selectinload(Application.decision),
    selectinload(Application.letters),
)


def find(actor: Actor, reference: str) -> Application:
    """Find a case the actor may see. Raises `NotFound` for a stranger's and for none alike (TRUST A2)."""
    found = (
        session()
        .scalars(
            select(Application).where(Application.reference == reference, policy.visible_to(actor)).options(*WHOLE)
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found


class Paper(NamedTuple):
    """A file that was handed in, and what it stands for."""

    item: str
    title: str
    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    thumbnail_key: str | None


def papers(application: Application) -> list[Paper]:
    """List the files of a case, in order. `application` was read with its notices."""
    handed_in = uploads.of_application(application.id)
    titles = _titles(application) if handed_in else {}
    for notice in application.notices:
        titles |= {f"{SUPPLEMENT}{item.id}": reasons.for_supplement()[item.code].title for item in notice.items}
    return [Paper(one.item, titles.get(one.item, "其他材料"), *one[1:]) for one in handed_in]


def _titles(application: Application) -> dict[str, str]:
    """Name papers as they were named to this person: the same code is another paper in another matter."""
    named = checklist.items_for(situation(application)) if application.answers.get("matter") else ()
    return _usual_titles() | {one.code: one.title for one in named}


@cache
def _usual_titles() -> dict[str, str]:
    return {one.code: one.title for one in checklist.every_item()}


def situation(application: Application) -> Situation:
    """Look at the answers as they were handed in, on the day they were."""
    region = application.answers.get("region")
    on = china_day(application.received_at)
    return journey.situation(application.answers, rulebook(), on, options_for(region) if region else ())
