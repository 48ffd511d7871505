"""How the house says no: refusals with a stable code, and problems a person can put right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person can put right.

    `code` finds the sentence in the message catalogue, `field` the input it belongs to,
    `params` the figures the sentence needs. Never personal data.
    """

    code: str
    field: str | None = None
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict, compare=False)


class Refusal(Exception):
    """A meant "no". Faces render it by `code` and `status`; nobody re-maps it.

    `params` are figures for the sentence and for the machine (a limit and its value).
    `retry_after` is in seconds.
    """

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "refused"

    def __init__(
        self,
        code: str | None = None,
        *,
        retry_after: int | None = None,
        **params: str | int,
    ) -> None:
        """Refuse for the reason `code`."""
        self.code = code or self.default_code
        self.params = params
        self.retry_after = retry_after
        super().__init__(self.code)


class Malformed(Refusal):
    """The request does not fit the contract: a bug or tampering."""

    status = 400
    default_code = "malformed"


class NotSignedIn(Refusal):
    """Whoever asks must sign in first."""

    status = 401
    default_code = "not_signed_in"


class Forbidden(Refusal):
    """Whoever asks is known, and may not."""

    status = 403
    default_code = "forbidden"


class NotFound(Refusal):
    """There is nothing here for whoever asks; also what a stranger is told (TRUST A2)."""

    status = 404
    default_code = "not_found"


class Conflict(Refusal):
    """The thing has changed meanwhile, or is not in a state for this."""

    status = 409
    default_code = "conflict"


class TooLarge(Refusal):
    """More than a limit allows."""

    status = 413
    default_code = "too_large"


class TooMany(Refusal):
    """Asked too often; `retry_after` says when to come back."""

    status = 429
    default_code = "too_many"


class Unavailable(Refusal):
    """Something we need is away; nothing was lost, come back."""

    status = 503
    default_code = "unavailable"


class Rejected(Refusal):
    """Input with problems a person can put right, all of them at once."""

    status = 422
    default_code = "rejected"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Reject for all `problems` at once."""
        super().__init__()
        self.problems = problems


class Checklist:
    """Collects problems."""

    def __init__(self) -> None:
        """Start with none."""
        self.problems: list[Problem] = []

    def require(self, holds: object, code: str, field: str | None = None, **params: str | int) -> bool:
        """Note a problem unless it holds. Say whether it does."""
        if not holds:
            self.problems.append(Problem(code, field, params))
        return bool(holds)


@contextmanager
def checklist() -> Iterator[Checklist]:
    """Gather problems; raise `Rejected` with all of them at the end."""
    check = Checklist()
    yield check
    if check.problems:
        raise Rejected(tuple(check.problems))
