"""The real service, over and over: everything is imported once, then a process is forked for each start.

Each line of standard input is an order: what the environment says, where the log goes, and (to die at an exact
moment) around which commit. The number of the process is answered. Whoever ends this ends nobody else.
"""

import json
import os
import signal
import sys
import traceback

from sqlalchemy import event
from sqlalchemy.orm import Session

import core.settings
import wsgi
from core.db import Model

MARK = "writes"


def die_around_commit(table, moment, number):
    """Kill this process right before, or right after, it commits a row of a table for the n-th time."""
    left = number

    def note(current, _context, _instances):
        if any(isinstance(one, Model) and one.__tablename__ == table for one in current.new):
            current.info[MARK] = True

    def die(current):
        nonlocal left
        if current.info.get(MARK) and not current.in_nested_transaction():
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Session, "before_flush", note)
    event.listen(Session, f"{moment}_commit", die)


def serve(order):
    writing = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(writing, stream)
    app = wsgi.create_app(core.settings.load(order["environ"]))
    if order["dies"]:
        die_around_commit(*order["dies"])
    with app.app_context():
        wsgi.serve.main([], standalone_mode=False)


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who are killed
    wsgi.create_app(core.settings.load({"RUFA_DATA_DIR": sys.argv[1]}))
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                serve(json.loads(line))
            except BaseException:  # noqa: BLE001  # whatever it is, it is said, and this process ends here
                traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
