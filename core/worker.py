"""Carry out errands in a process of their own: `flask --app wsgi worker` (and `relay`, where Celery carries them)."""

from __future__ import annotations

import signal

import click

from core import jobs, logs, relay, settings

SLOTS = 4  # errands a Celery worker carries out at the same time


def run_until_told(worker: jobs.Worker) -> None:
    """Work in the foreground; SIGTERM and Ctrl+C let what is under way finish."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.finish())
    logs.get("errands").info("errands.started")
    worker.run()
    logs.get("errands").info("errands.finished")


@click.command("worker")
def work() -> None:
    """Carry out errands until told to stop: from the table, or what Celery's broker delivers."""
    given = settings.current()
    if given.errands == "celery":
        relay.application(given).worker_main(
            ["worker", "--pool=threads", f"--concurrency={SLOTS}", "--loglevel=WARNING", "--without-mingle"]
        )
    else:
        run_until_told(jobs.Worker())


@click.command("relay")
def hand_over() -> None:
    """Hand errands to Celery's broker until told to stop. One is enough; two do no harm."""
    given = settings.current()
    if given.errands != "celery":
        raise click.ClickException("RUFA_ERRANDS is not celery: `worker` alone carries out errands here.")
    run_until_told(relay.Relay(relay.application(given)).worker())
