"""How the child says no: a code and figures, which the service turns into a problem."""

from __future__ import annotations


class Refused(Exception):
    """A file that is not taken."""

    def __init__(self, code: str, **params: int) -> None:
        """Say why."""
        super().__init__(code)
        self.code = code
        self.params = params
