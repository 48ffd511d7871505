"""A worker that carries what is due, and a look at what became of it."""

from core import jobs
from core.db import reading, session
from messages.models import Delivery, Message


def carry(moment):
    """Carry what is due, and nothing that recurs."""
    while mine := jobs.claim(moment):
        jobs.carry_out(mine, now=moment)


def row(key="case:1"):
    """Give a message by its occasion, and its ways."""
    with reading():
        found = session().query(Message).filter_by(key=key).one()
        tried = session().query(Delivery).filter_by(message_id=found.id)
        return found, {one.way: (one.state, one.why) for one in tried}
