"""E-mail: what carries it, and a twin for tests (TRUST R9, P1). Words are as discreet as those of texts."""

from __future__ import annotations

import smtplib
import ssl
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Protocol

from core import logs, settings
from core.errors import Refusal, Unavailable
from core.sms import Breaker

SECONDS = 8.0
NEVER = range(500, 600)  # replies that will be the same the next time (RFC 5321, 4.2.1)


class Undeliverable(Refusal):
    """There is no such mailbox, or it takes nothing from us: trying again is of no use."""

    status = 422
    default_code = "mail_undeliverable"


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail, in plain text."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


class Carrier(Protocol):
    """Somebody who carries e-mail."""

    def send(self, mail: Mail) -> None:
        """Carry it, or raise `Unavailable`, or `Undeliverable` where that is of no use."""


class Memory:
    """Keep e-mails in a list: the twin for tests."""

    def __init__(self) -> None:
        """Begin with none."""
        self.outgoing: list[Mail] = []

    def send(self, mail: Mail) -> None:
        """Keep it."""
        self.outgoing.append(mail)


class Smtp:
    """Hands e-mail to one server: sealed, unless it is this very machine."""

    def __init__(
        self, given: settings.Settings, *, trust: ssl.SSLContext | None = None, total: float = SECONDS
    ) -> None:
        """Hand over to the server the settings name."""
        self._given, self._total = given, total
        self._trust = trust or ssl.create_default_context()
        self._breaker = Breaker(code="mail_unavailable")

    def send(self, mail: Mail) -> None:
        """Hand it over within the time allowed."""
        self._breaker.check()
        answers: list[bool | Undeliverable] = []
        asking = threading.Thread(target=self._ask, args=(self._written(mail), answers), daemon=True, name="mail")
        asking.start()
        asking.join(self._total)  # the library's own limit is per packet: a dripping server would hold us
        answer = answers[0] if answers else False
        self._breaker.note(went_well=bool(answer))
        if isinstance(answer, Undeliverable):
            raise answer
        if not answer:
            raise Unavailable("mail_unavailable", retry_after=30)

    def _ask(self, letter: EmailMessage, answers: list[bool | Undeliverable]) -> None:
        try:
            with self._connected() as server:
                server.send_message(letter)
            answers.append(True)
        except smtplib.SMTPRecipientsRefused as refused:
            said = [number for number, _ in refused.recipients.values()]
            answers.append(Undeliverable() if all(number in NEVER for number in said) else False)
        except (OSError, smtplib.SMTPException) as fault:
            logs.get("mail").warning("mail.away", fault=type(fault).__name__)
            answers.append(False)

    def _connected(self) -> smtplib.SMTP:
        given, where = self._given, (self._given.smtp_host, self._given.smtp_port)
        if given.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=self._total, context=self._trust)
        else:
            server = smtplib.SMTP(*where, timeout=self._total)
        if given.smtp_security == "starttls":
            server.starttls(context=self._trust)
        if given.smtp_user:
            server.login(given.smtp_user, given.smtp_password)
        return server

    def _written(self, mail: Mail) -> EmailMessage:
        made = EmailMessage()
        made["From"], made["Subject"] = self._given.mail_from, mail.subject
        try:
            made["To"] = mail.to
        except ValueError:  # it holds an end of line: somebody would add a head of their own
            raise Undeliverable from None
        made["Message-ID"] = make_msgid(domain=self._given.mail_from.partition("@")[2])
        made["Auto-Submitted"] = "auto-generated"  # nobody's holiday answers it (RFC 3834)
        made.set_content(mail.text)
        return made


_carrier: Carrier | None = None


def use(carrier: Carrier | None) -> None:
    """Send by this carrier from now on; None: by the server the settings name."""
    global _carrier  # noqa: PLW0603  # one a process
    _carrier = carrier


def is_on() -> bool:
    """Say whether e-mail can be sent at all."""
    return _carrier is not None or bool(settings.current().smtp_host)


def send(mail: Mail) -> None:
    """Send an e-mail, or raise `Unavailable` or `Undeliverable`."""
    if not is_on():
        raise Undeliverable("mail_off")
    if _carrier is None:
        use(Smtp(settings.current()))
    assert _carrier is not None  # noqa: S101  # just set
    _carrier.send(mail)
