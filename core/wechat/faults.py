"""What WeChat's error numbers mean to us, and who can do something about them (RULEBOOK WX-12)."""

from __future__ import annotations

OK = 0
BUSY = {-1}
TOO_OFTEN = {45009, 45011}  # after a minute
STALE = {40001, 42001, 40014}  # the token: ask for one anew, once
MISCONFIGURED = {40013, 40125, 40164, 48001}  # app id, secret, our address is not on the list, not allowed to us
PERSON = {40029, 40163, 43101, 61010, 40226}  # code wrong, used; not subscribed; code over; person barred by WeChat
A_MINUTE = 60


class WechatFault(Exception):
    """WeChat said no. It quotes the number alone, nothing of what was asked."""

    def __init__(self, number: int) -> None:
        """Say which."""
        self.number = number
        super().__init__(str(number))


class Busy(WechatFault):
    """Come back: at once where WeChat was busy, after a minute where we asked too often."""

    @property
    def retry_after(self) -> int:
        """Give the seconds to wait."""
        return A_MINUTE if self.number in TOO_OFTEN else 1


class Stale(WechatFault):
    """Our token is not good any more."""


class Misconfigured(WechatFault):
    """Whoever runs the place has to put something right."""


class Declined(WechatFault):
    """Only the person can do something about it, or nobody."""


class Unfit(WechatFault):
    """What we asked can never be done: trying again is of no use."""


def of(number: int) -> WechatFault:
    """Give the fault a number stands for."""
    kinds = ((BUSY | TOO_OFTEN, Busy), (STALE, Stale), (MISCONFIGURED, Misconfigured), (PERSON, Declined))
    return next((kind for numbers, kind in kinds if number in numbers), Unfit)(number)
