"""Our own source, read as syntax: what the rules of the house are checked on."""

import ast
import functools
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SLICES = ("accounts", "locator", "messages", "applications", "appointments", "content")
FACES = ("portal", "mobile_api", "graphql/api")
SOURCES = ("core", *SLICES, *FACES)
PACKAGES = ("core", *SLICES, "api", "mobile_api", "portal")


@functools.cache
def tracked():
    """Give every file that is kept, as a path from the root."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        unkept = {".venv", "node_modules", "var", ".git", "__pycache__"}
        files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return tuple(path for path in files if not unkept & set(path.parts) and path.suffix != ".pyc")
    return tuple(path for name in listed.stdout.decode().splitlines() if (ROOT / (path := Path(name))).is_file())


@functools.cache
def words(path):
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree(path):
    return ast.parse(words(path), str(path))


def python(*folders):
    """Give the Python files below these folders, or all of them."""
    return [path for path in tracked() if path.suffix == ".py" and (not folders or _below(path, folders))]


def _below(path, folders):
    return any(path.is_relative_to(folder) for folder in folders)


def functions(path):
    """Give every function of a file, at any depth."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(path):
    """Give every call in a file with the dotted name of what is called."""
    return [(node, dotted(node.func)) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def dotted(node):
    """Write `a.b.c` for a name or attribute; what else is called has a `?`."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def constants(path):
    """Give every text that stands in a file."""
    return [
        node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def patterns(path):
    """Give every text that is put together (`f"limit_{kind}"`), as a pattern."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in node.values]
            if any(re.search("[a-z]{3}", part) for part in parts if not part.startswith("[")):
                found.append(re.compile("".join(parts)))
    return found
