"""Who else finds the nearest places: each is filled with the same points, and asked the same (bench/nearest.py).

Installed here, into the bench's own folder: numpy, scipy and shapely; PostGIS as packages of the system, unpacked
beside a copy of the server, so that nothing outside of the folder changes. Redis is the one that answers.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
import redis

from locator.nearest import Points
from locator.nearest.geodesic import spot
from tests import postgresql

PEERS = Path(__file__).parents[1] / "var" / "bench" / "peers"
SERVER = PEERS / "postgres"
NAME = "rufa_bench_nearest"
KEY = "rufa:bench:nearest"
METRES_A_DEGREE = 110_500
FIRST_RADIUS, LAST_RADIUS = 2_000.0, 6_000_000.0
Place = tuple[float, float]
Ask = Callable[[Place, int, int], list[int]]  # place, k, attributes needed → numbers of points, the nearest first


def install() -> dict[str, str]:
    """Install what is missing; say what could not be had, and why."""
    missing = {}
    folder = PEERS / "python"
    if not (folder / "shapely").is_dir():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(folder), "numpy", "scipy", "shapely"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            missing["scipy, shapely"] = (done.stderr or done.stdout).strip().splitlines()[-1][:200]
    sys.path.append(str(folder))
    if not SERVER.is_dir():
        try:
            unpack_postgis()
        except (OSError, IndexError, subprocess.CalledProcessError) as wrong:
            shutil.rmtree(SERVER, ignore_errors=True)
            missing["PostGIS"] = f"{wrong}"[:200]
    return missing


def unpack_postgis() -> None:
    """Fetch PostGIS for the server that is here, and unpack it beside a copy of that server."""
    version = postgresql.programs().parts[-2]
    fetched = PEERS / "debs"
    (fetched / "partial").mkdir(parents=True, exist_ok=True)
    told = ["-y", "--no-install-recommends", "--download-only", "-o", f"Dir::Cache::archives={fetched}"]
    subprocess.run(["apt-get", "install", *told, f"postgresql-{version}-postgis-3"], check=True, capture_output=True)
    for package in fetched.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(package), str(SERVER)], check=True, capture_output=True)
    for kind in ("lib", "share"):
        shutil.copytree(
            f"/usr/{kind}/postgresql/{version}", SERVER / "usr" / kind / "postgresql" / version, dirs_exist_ok=True
        )
    extensions = SERVER / "usr" / "share" / "postgresql" / version / "extension"
    shutil.copy(extensions / "postgis-3.control", extensions / "postgis.control")  # what installing would link


@contextlib.contextmanager
def database() -> Iterator[psycopg.Connection[Any] | None]:
    """Lend a database: on a server of our own with PostGIS, else on the one that answers."""
    binaries = sorted(SERVER.glob("usr/lib/postgresql/*/bin"))
    libraries = os.pathsep.join(str(one) for one in SERVER.glob("usr/lib/*-linux-gnu"))
    beside = {"LD_LIBRARY_PATH": libraries, "PROJ_DATA": str(SERVER / "usr" / "share" / "proj")}
    cluster = None
    if binaries:
        with mock.patch.object(postgresql, "programs", return_value=binaries[-1]), mock.patch.dict(os.environ, beside):
            cluster = postgresql.Cluster()
    server = cluster.url if cluster else postgresql.find()
    if server is None:
        yield None
        return
    try:
        with psycopg.connect(postgresql.fresh_database(NAME, server), autocommit=True) as connection:
            yield connection
        postgresql.drop_database(NAME, server)
    finally:
        if cluster:
            with mock.patch.dict(os.environ, beside):
                cluster.stop()


def scipy_tree(points: Points) -> Ask:
    """Ask scipy's cKDTree in space, for more and more neighbours until enough pass."""
    np, spatial = importlib.import_module("numpy"), importlib.import_module("scipy.spatial")
    tree = spatial.cKDTree(np.array([spot(*place) for place in zip(points.lat, points.lon, strict=True)]))
    masks, size = np.array(points.masks), len(points.lat)

    def ask(place: Place, k: int, needed: int) -> list[int]:
        wide = k
        while True:
            _, near = tree.query(spot(*place), min(wide, size))
            passing = near[masks[near] & needed == needed]
            if len(passing) >= k or wide >= size:
                return passing[:k].tolist()
            wide *= 4

    return ask


def growing(within: Callable[[Place, float, int], Any], points: Points) -> Ask:
    """Ask for what is in a box around, larger and larger until k are as near as the box is wide."""
    spots = [spot(*place) for place in zip(points.lat, points.lon, strict=True)]

    def ask(place: Place, k: int, needed: int) -> list[int]:
        here, radius = spot(*place), FIRST_RADIUS
        while True:
            found = sorted((math.dist(here, spots[one]), one) for one in within(place, radius, needed))[:k]
            if (len(found) == k and found[-1][0] <= radius) or radius > LAST_RADIUS:
                return [one for _, one in found]
            radius *= 2

    return ask


def box(place: Place, radius: float) -> tuple[float, float, float, float]:
    """Give a box that holds a circle: west, south, east, north."""
    lat, lon = place
    tall = radius / METRES_A_DEGREE
    wide = tall / max(0.01, math.cos(math.radians(min(89.0, abs(lat) + tall))))
    return lon - wide, lat - tall, lon + wide, lat + tall


def shapely_tree(points: Points) -> Ask:
    """Ask shapely's STRtree."""
    np, shapely = importlib.import_module("numpy"), importlib.import_module("shapely")
    tree, masks = shapely.STRtree(shapely.points(np.array(points.lon), np.array(points.lat))), np.array(points.masks)

    def within(place: Place, radius: float, needed: int) -> list[int]:
        found = tree.query(shapely.box(*box(place, radius)))
        return found[masks[found] & needed == needed].tolist()

    return growing(within, points)


def sqlite_tree(points: Points) -> Ask:
    """Ask SQLite's R*Tree, the attributes beside the boxes."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE p USING rtree(id, west, east, south, north, +mask)")
    rows = zip(range(len(points.lat)), points.lat, points.lon, points.masks, strict=True)
    base.executemany("INSERT INTO p VALUES (?1, ?3, ?3, ?2, ?2, ?4)", rows)
    asked = "SELECT id FROM p WHERE east >= ? AND north >= ? AND west <= ? AND south <= ? AND mask & ? = ?"

    def within(place: Place, radius: float, needed: int) -> list[int]:
        west, south, east, north = box(place, radius)
        return [one for (one,) in base.execute(asked, (west, south, east, north, needed, needed))]

    return growing(within, points)


def fill_postgresql(connection: psycopg.Connection[Any], points: Points) -> None:
    """Bring the points in, to be found as cubes."""
    connection.execute("CREATE EXTENSION IF NOT EXISTS cube")
    connection.execute("DROP TABLE IF EXISTS p")
    connection.execute("CREATE TABLE p (id int, lat float8, lon float8, mask int, c cube)")
    with connection.cursor().copy("COPY p FROM STDIN") as copy:
        for row in zip(range(len(points.lat)), points.lat, points.lon, points.masks, strict=True):
            copy.write_row((*row, str(tuple(spot(row[1], row[2])))))
    connection.execute("CREATE INDEX ON p USING gist (c)")
    connection.execute("VACUUM ANALYZE p")


def cube_tree(connection: psycopg.Connection[Any]) -> Ask:
    """Ask PostgreSQL's cube for the k nearest in space."""
    asked = "SELECT id FROM p WHERE mask & %s = %s ORDER BY c <-> cube(%s::float8[]) LIMIT %s"

    def ask(place: Place, k: int, needed: int) -> list[int]:
        told = (needed, needed, list(spot(*place)), k)
        return [one for (one,) in connection.execute(asked, told, prepare=True)]

    return ask


def postgis_tree(connection: psycopg.Connection[Any]) -> Ask:
    """Ask PostGIS for the k nearest geographies."""
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    connection.execute("ALTER TABLE p ADD g geography(point)")
    connection.execute("UPDATE p SET g = ST_MakePoint(lon, lat)::geography")
    connection.execute("CREATE INDEX ON p USING gist (g)")
    connection.execute("VACUUM FULL ANALYZE p")
    asked = "SELECT id FROM p WHERE mask & %s = %s ORDER BY g <-> ST_MakePoint(%s, %s)::geography LIMIT %s"

    def ask(place: Place, k: int, needed: int) -> list[int]:
        told = (needed, needed, place[1], place[0], k)
        return [one for (one,) in connection.execute(asked, told, prepare=True)]

    return ask


def redis_set(points: Points) -> Ask:
    """Ask Redis, which knows no filter and a sphere."""
    store = redis.Redis(decode_responses=True)
    store.delete(KEY)
    rows = [value for row in zip(points.lon, points.lat, range(len(points.lat)), strict=True) for value in row]
    for start in range(0, len(rows), 30_000):
        store.geoadd(KEY, rows[start : start + 30_000])

    def ask(place: Place, k: int, _needed: int) -> list[int]:
        radius = FIRST_RADIUS
        while True:
            asked = {"longitude": place[1], "latitude": place[0], "radius": radius, "sort": "ASC", "count": k}
            found = store.geosearch(KEY, **asked)
            if len(found) == k or radius > LAST_RADIUS:
                return [int(one) for one in found]
            radius *= 4

    return ask


def forget_redis() -> None:
    """Take back what was put into Redis."""
    with contextlib.suppress(redis.RedisError):
        redis.Redis().delete(KEY)
