"""Every table of the house, for the history and for tests."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

from sqlalchemy import MetaData

import core.db

CORE = (
    "core.audit",
    "core.outbox",
    "core.calendar",
    "core.storage",
    "core.idempotency",
    "core.sms",
    "core.jobs",
    "core.wechat.tokens",
)
SLICES = ("accounts", "locator", "messages", "applications", "appointments", "content")


def every_table() -> MetaData:
    """Import every module that has tables, so that the metadata is whole."""
    for name in CORE:
        if importlib.util.find_spec(name):
            importlib.import_module(name)
    for name in SLICES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if "models" in module.name.split("."):
                importlib.import_module(module.name)
    return core.db.Model.metadata


def include(item: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    """Leave alone what is not a table of ours (full-text shadow tables)."""
    del item
    return not (kind == "table" and name is not None and "_fts" in name)
