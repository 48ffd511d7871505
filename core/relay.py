"""Errands by Celery, for places with more than one machine (RUFA_ERRANDS=celery).

The table stays the truth: a relay claims what is due and hands the number of the row to the broker; a Celery worker
carries it out exactly as our own would. What a broker loses is handed over again when the lease runs out; what it
delivers twice is done once, as the second claim no longer holds. Celery is imported only here, and only when used.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core.errors import Unavailable
from core.jobs import Claim, Worker, carry_out, clock, give_back
from core.settings import Settings

TASK = "rufa.errand"
QUEUE = "rufa"
LEASE = timedelta(minutes=15)  # waiting in the queue included
BROKER_SECONDS = 3.0


def application(given: Settings) -> Any:
    """Make the Celery application: one task, which is given the number of a row and the moment of its claim."""
    from celery import Celery  # noqa: PLC0415  # not installed where it is not used

    made = Celery("rufa", broker=given.celery_broker_url, set_as_current=False)
    made.conf.update(
        task_default_queue=QUEUE,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,  # our logs are written there: they would come back to themselves for ever
        task_serializer="json",
        accept_content=["json"],
        broker_connection_retry_on_startup=True,
        broker_transport_options={
            "socket_connect_timeout": BROKER_SECONDS,
            "socket_timeout": 60.0,
            "max_retries": 0,  # who hands over gives back at once, and comes again
        },
    )
    made.task(name=TASK)(carry)
    return made


def carry(errand: str, until: str) -> None:
    """Carry out an errand the broker delivered."""
    carry_out(Claim(errand, datetime.fromisoformat(until)), now=clock())


class Relay:
    """Hands claimed errands to the broker."""

    def __init__(self, celery: Any) -> None:
        """Hand over through this application."""
        self._celery = celery

    def worker(self, **options: Any) -> Worker:
        """Make the worker that claims errands and hands them over."""
        return Worker(carry=self.hand_over, lease=LEASE, **options)

    def hand_over(self, mine: Claim, *, now: datetime) -> None:  # noqa: ARG002  # the shape of `carry_out`
        """Hand over one errand; where the broker is away, give it back for the next round."""
        from kombu.exceptions import OperationalError  # noqa: PLC0415

        try:
            self._celery.send_task(TASK, (mine.id, mine.until.isoformat()), retry=False)
        except OperationalError as fault:
            give_back(mine)
            raise Unavailable("errands_broker_away") from fault
