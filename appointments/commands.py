"""What of appointments is done at a start."""

from __future__ import annotations

from datetime import datetime

import click

from appointments.visits import demo
from core import settings


def load_demo(now: datetime) -> None:
    """Put the made-up teams in, once. Quick when they are there."""
    if settings.current().is_demo and (made := demo.load(now=now)):
        click.echo(f"演示上门小组：{made} 个（虚构）。", err=True)
