"""Bring divisions and demo stations in, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime

import click

from core import deadline, settings
from core.settings import Settings
from locator import demo, gazetteer, loading

SECONDS = 120.0  # for whoever waits at a command line, not at a page
REFUSED = "演示服务点只用于演示：请设置 RUFA_ALLOW_DEMO_STATIONS=yes（正式环境不要设置）。"


def load(*, now: datetime) -> None:
    """Bring in what a place that is tried out needs. Quick when all is there."""
    bring_divisions(now=now)
    if settings.current().allow_demo_stations:
        bring_demo_stations(settings.current(), now=now)


def bring_divisions(*, now: datetime) -> None:
    """Bring the divisions in, with a progress line."""
    changed = _shown("行政区划", gazetteer.SIZE, lambda step: loading.divisions(now=now, progress=step))
    click.echo(f"行政区划：{changed} 条有变化。", err=True)


def bring_demo_stations(given: Settings, *, now: datetime) -> None:
    """Bring the demo stations in where they are allowed, with a progress line."""
    if not given.allow_demo_stations:
        raise click.ClickException(REFUSED)
    changed = _shown("演示服务点", demo.SIZE, lambda step: loading.demo_stations(now=now, progress=step))
    click.echo(f"演示服务点：{changed} 条有变化（演示数据，非真实机构）。", err=True)


def _shown(label: str, length: int, work: Callable[[Callable[[int], None]], int]) -> int:
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar, deadline.running(SECONDS):
        return work(bar.update)


@click.command("load-divisions")
def load_divisions() -> None:
    """Bring in provinces, prefectures, counties, and the townships and villages of Hunan."""
    bring_divisions(now=datetime.now(UTC))


@click.command("load-demo-stations")
def load_demo_stations() -> None:
    """Bring in labelled demo stations for all of Hunan; refused where they are not allowed."""
    bring_demo_stations(settings.current(), now=datetime.now(UTC))
