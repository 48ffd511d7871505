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

import core.db
import core.settings
import wsgi
from core.db import Model
from core.engines import SharedWriter

MARK = "writes"


class Blow:
    """Kills this process right before, or right after, it commits a row of a table for the n-th time."""

    def __init__(self, table, moment, number):
        self.table, self.moment, self.left, self.commit = table, moment, number, SharedWriter.commit

    def listen(self):
        event.listen(Session, "before_flush", self.note)
        event.listen(Session, "do_orm_execute", self.note_statement)
        if core.db.engine().dialect.name == "sqlite":  # several share a commit, and their sessions end before it
            event.listen(Session, "before_commit", self.hand_in)
            take_over(self)
        else:
            event.listen(Session, f"{self.moment}_commit", self.end)

    def note(self, current, _context, _instances):
        if any(isinstance(one, Model) and one.__tablename__ == self.table for one in current.new):
            current.info[MARK] = True

    def note_statement(self, state):
        if state.is_insert and state.statement.table.name == self.table:
            state.session.info[MARK] = True

    def end(self, current):
        if current.info.get(MARK) and not current.in_nested_transaction():
            self.strike()

    def hand_in(self, current):
        if current.info.get(MARK) and not current.in_nested_transaction():
            current.connection().info[MARK] = True

    def commit_shared(self, shared):
        moments = [self.moment] if shared.connection.info.pop(MARK, False) else []
        if "before" in moments:
            self.strike()
        self.commit(shared)
        if "after" in moments:
            self.strike()

    def strike(self):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def take_over(blow):
    """Have commits go through here."""

    def commit(shared):
        blow.commit_shared(shared)

    SharedWriter.commit = commit


def serve(order):
    writing = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(writing, stream)
    app = wsgi.create_app(core.settings.load(order["environ"]))
    if order["dies"]:
        Blow(*order["dies"]).listen()
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
