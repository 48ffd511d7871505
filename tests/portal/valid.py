"""Pages as the standard of HTML wants them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = {
    "extends": ["html-validate:standard"],
    "rules": {"no-inline-style": "error", "prefer-native-element": "off"},
}


def judge(folder, pages):
    """Judge these pages together: a start of the tool takes a second."""
    tool = ROOT / "node_modules" / ".bin" / "html-validate"
    if not tool.exists() or not shutil.which("node"):
        pytest.skip("html-validate is not installed: npm ci")
    (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page)
    judged = subprocess.run([tool, str(folder)], capture_output=True, text=True, check=False, cwd=folder)
    assert judged.returncode == 0, judged.stdout[-3000:]
