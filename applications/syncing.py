"""What was written on a device without a line comes into its draft, answer by answer (FEATURES E09).

Each page is saved as always; what both sides changed comes back in both versions, so that a person can choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from applications import answers, drafts, journey
from applications.answers import Kept
from applications.drafts import Given
from applications.models.draft import Draft
from applications.questions import Question
from applications.steps import Step, form
from core.errors import Malformed, Problem
from core.identity import Actor, Audience, open_to

MOST_PAGES = 60  # more than the form has


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer that was changed on both sides. The one that came now stands; `theirs` is what stood before."""

    step: str
    question: Question
    mine: Kept
    theirs: Kept


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What does not fit any more: a page that is not for this person, or a question it does not ask."""

    step: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Synced:
    """A draft that holds both sides' work."""

    draft: Draft
    pages: tuple[Step, ...]
    problems: tuple[Problem, ...]
    clashes: tuple[Clash, ...]
    left_out: tuple[LeftOut, ...]


@open_to(Audience.CITIZEN)
def sync(
    actor: Actor, draft_id: str, written: Sequence[tuple[str, Given]], *, base_version: int, now: datetime
) -> Synced:
    """Bring in pages that were written since a device was shown `base_version`, in the order they were written."""
    if len(written) > MOST_PAGES:
        raise Malformed("pages_too_many", limit=MOST_PAGES)
    draft = drafts.to_change(actor, draft_id)
    pages: list[Step] = []
    problems: list[Problem] = []
    clashes: list[Clash] = []
    left_out: list[LeftOut] = []
    for name, given in written:
        here = drafts.situation(draft, now=now)
        step = form().step(name)
        if step is None or not journey.applies(step, here):
            left_out.append(LeftOut(name))
            continue
        asked = {question.name: question for question in journey.questions_of(step, here)}
        left_out += [LeftOut(name, field) for field in given if field not in asked]
        fitting = {field: values for field, values in given.items() if field in asked}
        before = dict(draft.answers)
        saved = drafts.save_step(actor, draft_id, name, fitting, base_version=base_version, now=now)
        clashes += [Clash(name, asked[one], draft.answers.get(one), before.get(one)) for one in saved.conflicts]
        problems += saved.problems
        pages.append(step)
    return Synced(draft, tuple(pages), tuple(problems), tuple(clashes), tuple(left_out))


def values_of(clash: Clash) -> tuple[str, ...]:
    """Give what the other side wrote as its field shows it, to be taken back by one tap; masked where it must be."""
    return answers.shown(clash.question, clash.theirs)
