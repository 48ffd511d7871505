"""What a phone's photograph costs: ours, plain Pillow, pyvips (PERFORMANCE E).

12 megapixels with an orientation, to 1600, 800 and 320 pixels, each as JPEG, WebP and AVIF of the same quality.
`pillow` is what the manual shows, with the effort of the encoders as it comes; `pillow, our effort` is the same code
with our effort, so that one sees how much is the pixels and how much the encoders; kB written says what it costs in
size. Each contender works in a process of its own; they take turns, and what counts is the median of the ratios of
each round. Memory is what the peak of the process grew by. pyvips is installed here, into a folder of the bench.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from core.imaging import photo

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "var" / "bench" / "photographs.json"
PEERS = ROOT / "var" / "bench" / "peers"
SIZES = (1600, 800, 320)
QUALITY = {"JPEG": 80, "WEBP": 78, "AVIF": 55}
OUR_EFFORT = {"JPEG": {}, "WEBP": {"method": 2}, "AVIF": {"speed": 8}}
AS_IT_COMES: dict[str, dict[str, int]] = {"JPEG": {}, "WEBP": {}, "AVIF": {}}
ROUNDS = 5
WARM_UP = 1
TIMES = 2
GOAL_TIME, GOAL_MEMORY = 0.45, 70


def photograph() -> bytes:
    """Make a photograph of 12 megapixels as a phone does: on its side, with detail, a few megabytes."""
    grain = Image.effect_noise((4000, 3000), 40).filter(ImageFilter.GaussianBlur(1))
    image = Image.merge("RGB", (grain, grain.transpose(Image.Transpose.ROTATE_180), Image.new("L", grain.size, 120)))
    draw = ImageDraw.Draw(image)
    for at in range(0, 3000, 40):
        draw.line((0, at, 4000, 3000 - at), fill=(at % 255, 80, 160), width=6)
    notes = Image.Exif()
    notes[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, exif=notes)
    return out.getvalue()


def ours(data: bytes) -> int:
    """Shrink while decoding, turn the small one, go on from the smaller."""
    image = photo.opened(data, "jpeg")
    step = photo.upright(image, photo.target(image.size, SIZES[0]))
    written = 0
    for size in SIZES:
        step.thumbnail((size, size), Image.Resampling.LANCZOS)
        written += _save_all(step, OUR_EFFORT)
    return written


def pillow(data: bytes, effort: dict[str, dict[str, int]] = AS_IT_COMES) -> int:
    """Do what the manual shows: open, turn, shrink, save; for each size."""
    written = 0
    for size in SIZES:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        image.thumbnail((size, size), Image.Resampling.LANCZOS)
        written += _save_all(image, effort)
    return written


def pillow_our_effort(data: bytes) -> int:
    """Do the same with our effort of the encoders."""
    return pillow(data, OUR_EFFORT)


def _save_all(image: Image.Image, effort: dict[str, dict[str, int]]) -> int:
    written = 0
    for form, options in effort.items():
        out = io.BytesIO()
        image.save(out, form, quality=QUALITY[form], **options)
        written += out.tell()
    return written


def vips(data: bytes) -> int:
    """Shrink on load, which turns too; then as ours."""
    pyvips = importlib.import_module("pyvips")
    written = 0
    step = pyvips.Image.thumbnail_buffer(data, SIZES[0], height=SIZES[0]).copy_memory()
    for size in SIZES:
        step = step.thumbnail_image(size, height=size).copy_memory()
        written += len(step.jpegsave_buffer(Q=80, strip=True))
        written += len(step.webpsave_buffer(Q=78, effort=2, strip=True))
        written += len(step.heifsave_buffer(Q=55, effort=1, compression="av1", strip=True))
    return written


CONTENDERS: dict[str, Callable[[bytes], int]] = {
    "ours": ours,
    "pillow": pillow,
    "pillow, our effort": pillow_our_effort,
    "pyvips": vips,
}


def measure(name: str, path: str) -> None:
    """Let one contender work in this process, and print what it took."""
    data = Path(path).read_bytes()
    work = CONTENDERS[name]
    Image.init()
    if name == "pyvips":
        importlib.import_module(name)  # its libraries are no part of what a photograph adds
    before = _peak()
    spent, passed, written = [], [], 0
    for at in range(WARM_UP + TIMES):
        cpu, wall = time.process_time(), time.perf_counter()
        written = work(data)
        if at >= WARM_UP:
            spent.append(time.process_time() - cpu)
            passed.append(time.perf_counter() - wall)
    added = (_peak() - before) / 1024
    print(
        json.dumps(
            {
                "cpu_ms": statistics.median(spent) * 1000,
                "wall_ms": statistics.median(passed) * 1000,
                "added_mb": added,
                "bytes": written,
            }
        )
    )


def _peak() -> int:
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0])  # not ru_maxrss: that begins with what the parent had


def rounds(names: list[str], path: Path) -> dict[str, list[dict[str, float]]]:
    """Let the contenders take turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    paths = os.pathsep.join([str(ROOT), str(ROOT / "graphql"), str(PEERS)])
    for _ in range(ROUNDS):
        for name in names:
            told = subprocess.run(
                [sys.executable, __file__, "measure", name, str(path)],
                check=True,
                capture_output=True,
                env={**os.environ, "PYTHONPATH": paths},
            )
            found[name].append(json.loads(told.stdout))
    return found


def install_peers() -> str:
    """Install pyvips into the bench's own folder; say why not where it cannot be."""
    if not (PEERS / "pyvips").is_dir():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(PEERS), "pyvips", "pyvips-binary"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            return (done.stderr or done.stdout).strip().splitlines()[-1][:200]
    looked = subprocess.run(
        [sys.executable, "-c", "import pyvips; pyvips.Image.black(8, 8).heifsave_buffer(compression='av1')"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PEERS)},
    )
    return looked.stderr.strip().splitlines()[-1][:200] if looked.returncode else ""


def summary(found: dict[str, list[dict[str, float]]], name: str) -> dict[str, float]:
    """Put the rounds of one contender into figures: ratios to plain Pillow of the same round, with their spread."""
    ratios = [mine["cpu_ms"] / plain["cpu_ms"] for mine, plain in zip(found[name], found["pillow"], strict=True)]
    walls = [mine["wall_ms"] / plain["wall_ms"] for mine, plain in zip(found[name], found["pillow"], strict=True)]
    return {
        "cpu_ratio": round(statistics.median(ratios), 3),
        "cpu_ratio_lowest": round(min(ratios), 3),
        "cpu_ratio_highest": round(max(ratios), 3),
        "wall_ratio": round(statistics.median(walls), 3),
        "cpu_ms": round(statistics.median(one["cpu_ms"] for one in found[name])),
        "added_mb": round(statistics.median(one["added_mb"] for one in found[name]), 1),
        "kilobytes": round(found[name][0]["bytes"] / 1000),
    }


def main() -> None:
    """Measure, print a table, write JSON."""
    missing = install_peers()
    names = [name for name in CONTENDERS if not (missing and name == "pyvips")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phone.jpg"
        path.write_bytes(photograph())
        size = path.stat().st_size
        found = rounds(names, path)
    table = {name: summary(found, name) for name in names}
    print(f"A photograph of 12 megapixels, {size / 1e6:.1f} MB, to {SIZES} as JPEG, WebP and AVIF")
    print(
        f"{'':18} {'CPU to Pillow':>14} {'(spread)':>14} {'wall':>6} {'CPU ms':>7} {'MB added':>9} {'kB written':>11}"
    )
    for name, row in table.items():
        spread = f"{row['cpu_ratio_lowest']:.2f}-{row['cpu_ratio_highest']:.2f}"
        print(
            f"{name:18} {row['cpu_ratio']:>14.2f} {spread:>14} {row['wall_ratio']:>6.2f} {row['cpu_ms']:>7}"
            f" {row['added_mb']:>9} {row['kilobytes']:>11}"
        )
    if missing:
        print(f"pyvips could not be installed: {missing}")
    mine = table["ours"]
    reached = mine["cpu_ratio"] <= GOAL_TIME and mine["added_mb"] <= GOAL_MEMORY
    print(f"goal: CPU <= {GOAL_TIME} of plain Pillow, <= {GOAL_MEMORY} MB added: {'reached' if reached else 'missed'}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    kept = {"table": table, "rounds": found, "missing": missing, "goal_reached": reached}
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    measure(*sys.argv[2:]) if sys.argv[1:2] == ["measure"] else main()
