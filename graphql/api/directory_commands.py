"""Bring a file of stations in from the command line (FEATURES C14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from api.directory_sets import note_of
from api.messages import message
from core import deadline
from core.db import keep, reading
from core.errors import Conflict, NotFound, Rejected
from core.identity import SYSTEM
from locator.upkeep import changes, differences, imports, sheets
from locator.upkeep.changes import Proposed

SECONDS = 300.0  # for whoever waits at a command line, not at a page
SHOWN = 40  # stations whose differences are written out


@click.command("import-stations")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "is_applied", is_flag=True, help="Bring the differences in, all at once.")
def import_stations(file: Path, is_applied: bool) -> None:
    """Show what a file of stations (CSV, XLSX) would change in the directory; with --apply, bring it in."""
    now = datetime.now(UTC)
    try:
        sheet = sheets.read(file.read_bytes())
        with deadline.running(SECONDS):
            with reading():
                plan = imports.compare(SYSTEM, sheet, now=now)
            for line in _preview(plan):
                click.echo(line)
            if is_applied and plan.proposed:
                applied = keep(lambda: _bring_in(plan, file.name, now))
                click.echo(f"已生效。要撤回：flask --app wsgi undo-stations {applied}")
            elif plan.proposed:
                click.echo("名录没有变。加上 --apply 才会生效。")
    except Rejected as rejected:
        raise click.ClickException("".join(_said(one.code, one.params) for one in rejected.problems)) from None
    except Conflict as lost:
        raise click.ClickException(_said(lost.code, lost.params)) from None


@click.command("undo-stations")
@click.argument("change_set")
def undo_stations(change_set: str) -> None:
    """Restore what was before a set of changes was applied, if nothing it touched has changed since."""
    now = datetime.now(UTC)
    try:
        with deadline.running(SECONDS):
            keep(lambda: changes.undo(SYSTEM, change_set, now=now))
    except (Conflict, NotFound) as refusal:
        raise click.ClickException(_said(refusal.code, refusal.params)) from None
    click.echo("已撤回。")


def _bring_in(plan: imports.Plan, title: str, now: datetime) -> str:
    laid = imports.propose(SYSTEM, plan, title=title, now=now)
    return changes.apply(SYSTEM, laid.id, now=now).id


def _preview(plan: imports.Plan) -> Iterator[str]:
    """Say what differs and what was not understood, line by line."""
    acts = Counter(_act(one) for one in plan.proposed)
    yield f"新增 {acts['新增']}，修改 {acts['修改']}，停用或让位 {acts['停用或让位']}，不变 {plan.unchanged}。"
    if not plan.proposed:
        yield "没有差别。"
    for one in plan.proposed[:SHOWN]:
        said: Any = one.after or one.before
        yield f"{_act(one)} {said['code']} {said['name']}"
        if one.before and one.after:
            for found in differences.between(one.before, one.after):
                yield f"    {found.label}：{found.before or '没有填'} → {found.after or '没有填'}"
    if len(plan.proposed) > SHOWN:
        yield f"……另有 {len(plan.proposed) - SHOWN} 个，没有列出。"
    if plan.notes:
        refused = sum(note["refused"] for note in plan.notes)
        yield f"文件里要留意的 {len(plan.notes)} 处，其中 {refused} 行没有导入："
    for number, note in enumerate(plan.notes):
        told = note_of(number, note)
        mark = "没有导入：" if told.is_refused else ""
        yield f"    第 {told.row} 行 {told.column_title}“{told.value}” {mark}{told.message}"


def _act(one: Proposed) -> str:
    if one.after is None:
        return "停用或让位"
    return "修改" if one.before else "新增"


def _said(code: str, params: Any) -> str:
    told = message(code, params)
    return f"{told.text}{told.remedy}"
