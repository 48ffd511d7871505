"""A PostgreSQL for tests: the one that answers, else one we start ourselves as somebody who is not root."""

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

HERE = "postgresql://postgres@127.0.0.1:5432/postgres"
ASKED = "TEST_DATABASE_URL"
NOBODY = "none"


def programs():
    """Give the newest folder with initdb in it, if any."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()]
    beside = shutil.which("initdb")
    return found[-1] if found else Path(beside).parent if beside else None


def free_port():
    """Find a port below those the system hands out by itself; other test processes start looking elsewhere."""
    for port in range(15_432 + os.getpid() % 2_000 * 8, 32_768):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


class Cluster:
    """A PostgreSQL of our own in a folder that goes away with it."""

    def __init__(self):
        self.bin = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="rufa-pg-", dir="/tmp"))  # short: sockets have a limit
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        if os.geteuid() == 0:
            self.owner = next((one.pw_name for one in pwd.getpwall() if one.pw_name == "postgres"), "nobody")
            shutil.chown(self.folder, self.owner)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        speak = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", data, "-w", "-o", speak, "-l", str(self.folder / "log"), "start")
        self.pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        atexit.register(self.stop)

    def _run(self, program, *words):
        command = [str(self.bin / program), *words]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={self.owner}", "--clear-groups", *command]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def family(self):
        """Give the server and its children."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def freeze(self):
        for pid in self.family():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self):
        for pid in self.family():
            os.kill(pid, signal.SIGCONT)

    def stop(self):
        atexit.unregister(self.stop)
        if self.folder.exists():
            self.thaw()
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
            shutil.rmtree(self.folder)


def driver(url):
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def answers(url):
    try:
        with create_engine(driver(url), connect_args={"connect_timeout": 2}, poolclass=NullPool).connect():
            return True
    except OperationalError:
        return False


def find():
    """Give the address of a PostgreSQL, or None. Whoever runs first tells the other processes by the environment."""
    asked = os.environ.get(ASKED)
    if asked == NOBODY:
        return None
    if asked:
        return asked
    url = HERE if answers(HERE) else None
    if url is None and programs():
        url = Cluster().url
    os.environ[ASKED] = url or NOBODY
    return url


def admin(statement, url):
    """Say something to the server that is no part of a transaction."""
    engine = create_engine(driver(url), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


def fresh_database(name, url):
    """Make an empty database of this name and give its address."""
    drop_database(name, url)
    admin(f'CREATE DATABASE "{name}"', url)
    admin(f'ALTER DATABASE "{name}" SET synchronous_commit = off', url)  # what is killed here is never the server
    return url.rsplit("/", 1)[0] + "/" + name


def drop_database(name, url):
    admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', url)


def empty(url):
    """Turn everybody out and take everything away: much quicker than another database."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    admin(f"{others} AND pid <> pg_backend_pid()", url)
    admin("DROP SCHEMA public CASCADE", url)
    admin("CREATE SCHEMA public", url)
