"""What a person has to do, through the door: the list, taking one on, saying what came of it."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action, recorded
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from appointments import tasks
from appointments.tasks import TaskReason, TaskResult

ReasonType = enum_of(
    TaskReason,
    "Why a person has to do something.",
    {one: f"{label}." for one, label in tasks.REASONS.items()},
    name="TaskReason",
)
ResultType = enum_of(
    TaskResult, "What came of it.", {one: f"{label}." for one, label in tasks.RESULTS.items()}, name="TaskResult"
)


class Task(graphene.ObjectType):
    """Something staff of a region have to do by a moment."""

    id = graphene.ID(required=True, description="Its id.")
    reason = graphene.Field(ReasonType, required=True, description="Why.")
    reason_text = graphene.String(required=True, description="The same in words.")
    name = graphene.String(required=True, description="For whom; may be empty.")
    phone = graphene.String(required=True, description="The number to ring; may be empty.")
    note = graphene.String(required=True, description="What it is about.")
    due_at = graphene.Field(DateTime, required=True, description="By when.")
    is_overdue = graphene.Boolean(required=True, description="Whether that has passed.")
    taken_by = graphene.String(required=True, description="Who of the staff has taken it on; empty where nobody has.")
    is_mine = graphene.Boolean(required=True, description="Whether whoever asks has taken it on.")

    def resolve_reason_text(task, _info: Any) -> str:
        """Say why."""
        return tasks.REASONS[TaskReason(task.reason)]

    def resolve_is_overdue(task, info: Any) -> bool:
        """Say whether it is late."""
        return bool(task.due_at < info.context.now)

    def resolve_taken_by(task, _info: Any) -> str:
        """Name who has it."""
        return str(task.taken_name)

    def resolve_is_mine(task, info: Any) -> bool:
        """Say whether it is theirs."""
        return bool(task.taken_by == info.context.actor.id)


class Queries(graphene.ObjectType):
    """What can be asked."""

    tasks = graphene.List(
        graphene.NonNull(Task),
        required=True,
        description=f"What is to be done in one's region, most urgent first, up to {tasks.MOST}. Looking is recorded.",
    )

    @recorded
    def resolve_tasks(_root, info: Any) -> Any:
        """List them."""
        return tasks.waiting(info.context.actor, now=info.context.now)


class TakeTaskInput(graphene.InputObjectType):
    """Which one."""

    task = graphene.ID(required=True, description="Its id.")
    is_taken_over = graphene.Boolean(
        default_value=False, description="Whether it is meant to be taken over from a colleague who has taken it on."
    )


class TakeTask(Action):
    """Say that one will do it, so that nobody else does it too."""

    class Arguments:
        input = TakeTaskInput(required=True)

    task = graphene.Field(Task, description="The task.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it."""
        return cls(task=tasks.take(viewer.actor, input.task, over=input.is_taken_over, now=viewer.now))


class FinishTaskInput(graphene.InputObjectType):
    """What came of it."""

    task = graphene.ID(required=True, description="Its id.")
    result = graphene.Field(ResultType, required=True, description="How it ended.")
    answer = graphene.String(
        default_value="",
        description=f"What was done or is answered, {tasks.LONGEST_ANSWER} characters; the person may read it.",
    )


class FinishTask(Action):
    """Say what came of a task."""

    class Arguments:
        input = FinishTaskInput(required=True)

    task = graphene.Field(Task, description="The task.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Finish it."""
        return cls(task=tasks.finish(viewer.actor, input.task, TaskResult(input.result), input.answer, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    take_task = TakeTask.Field()
    finish_task = FinishTask.Field()
