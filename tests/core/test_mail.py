"""E-mail is handed to one server, sealed, in time; against a server of our own over a real socket."""

import datetime as dt
import ipaddress
import socketserver
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core import mail, settings
from core.errors import Unavailable
from core.mail import Mail, Smtp, Undeliverable

LETTER = Mail("anna@example.com", "您有一条新消息", "请登录查看。")


class Talking(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a client of ours needs (RFC 5321, 3207, 4954)."""

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        if self.server.stalls:
            self.server.enough.wait(5)
            return
        if self.server.sealed_from_the_start:
            self.seal()
        self.say("220 mail.example ESMTP")
        while line := self.rfile.readline().decode().strip():
            self.server.said.append(line)
            if self.answer(line.split()[0].upper()):
                return

    def finish(self):
        super().finish()
        self.request.close()

    def seal(self):
        self.rfile.close()
        self.wfile.close()
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

    def answer(self, verb):
        if verb in {"EHLO", "HELO"}:
            for feature in ("mail.example", "STARTTLS", "AUTH PLAIN", "SMTPUTF8"):
                self.say(f"250-{feature}")
            self.say("250 8BITMIME")
        elif verb == "STARTTLS":
            self.say("220 go on")
            self.seal()
        elif verb == "RCPT":
            self.say(f"{self.server.answers} whatever")
        elif verb == "DATA":
            self.say("354 go on")
            letter = []
            while (one := self.rfile.readline().decode()) != ".\r\n":
                letter.append(one)
            self.server.letters.append("".join(letter))
            self.say("250 taken")
        else:
            self.say({"AUTH": "235 welcome", "QUIT": "221 bye"}.get(verb, "250 fine"))
        return verb == "QUIT"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def handle_error(self, *_):
        """Whoever spoke to us does not trust us."""


@pytest.fixture(scope="module")
def seal(tmp_path_factory):
    """A certificate of our own for 127.0.0.1: the server's side, and whoever trusts it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("seal") / "both.pem"
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(file)
    return theirs, ssl.create_default_context(cafile=file)


@pytest.fixture
def server(seal):
    made = Server(("127.0.0.1", 0), Talking)
    made.said, made.letters, made.answers, made.context = [], [], 250, seal[0]
    made.stalls, made.sealed_from_the_start, made.enough = False, False, threading.Event()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.enough.set()
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def there(server, seal):
    def make(security="starttls", trust=seal[1], total=5, **more):
        names = {"HOST": "127.0.0.1", "PORT": str(server.server_address[1]), "SECURITY": security} | more
        given = settings.load(
            {f"RUFA_SMTP_{name}": value for name, value in names.items()} | {"RUFA_MAIL_FROM": "aid@b.cn"}
        )
        return Smtp(given, trust=trust, total=total)

    return make


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_hands_a_letter_over(server, there, security):
    server.sealed_from_the_start = security == "tls"
    there(security, USER="aid", PASSWORD="a-password").send(LETTER)

    (letter,) = server.letters
    for line in ("From: aid@b.cn", "To: anna@example.com", "Auto-Submitted: auto-generated", "Message-ID: <"):
        assert line in letter
    assert ("STARTTLS" in server.said) is (security == "starttls")
    assert any(said.startswith("AUTH PLAIN") for said in server.said)


def test_says_nothing_to_a_server_it_does_not_trust(server, there):
    with pytest.raises(Unavailable, match="mail_unavailable"):
        there(trust=None).send(LETTER)

    assert [said.split()[0] for said in server.said] == ["ehlo", "STARTTLS"]
    assert server.letters == []


@pytest.mark.parametrize(("number", "no"), [(550, Undeliverable), (451, Unavailable)])
def test_tells_a_mailbox_that_is_not_there_from_one_that_is_full_today(server, there, number, no):
    server.answers = number

    with pytest.raises(no) as refused:
        there().send(LETTER)
    assert "anna" not in repr(refused.value)


def test_waits_no_longer_than_allowed(server, there):
    server.stalls = True
    began = time.monotonic()
    with pytest.raises(Unavailable):
        there(total=0.3).send(LETTER)

    assert time.monotonic() - began < 3


def test_a_letter_cannot_smuggle_a_line_into_its_head(there, server):
    with pytest.raises(Undeliverable):
        there("none", total=1).send(Mail("a@b.cn\r\nBcc: x@y.cn", "x", "x"))

    assert server.letters == []


def test_settings_choose_who_carries_mail(monkeypatch):
    monkeypatch.setattr(settings, "_settings", settings.load({}))
    mail.use(None)
    assert not mail.is_on()
    with pytest.raises(Undeliverable, match="mail_off"):
        mail.send(LETTER)

    set_up = {"RUFA_SMTP_HOST": "127.0.0.1", "RUFA_SMTP_PORT": "1", "RUFA_MAIL_FROM": "aid@b.cn"}
    monkeypatch.setattr(settings, "_settings", settings.load(set_up))
    assert mail.is_on()
    with pytest.raises(Unavailable):
        mail.send(LETTER)
    twin = mail.Memory()
    mail.use(twin)
    mail.send(LETTER)
    mail.use(None)
    assert twin.outgoing == [LETTER]


def test_a_letter_in_a_traceback_shows_nothing():
    assert repr(LETTER) == "Mail()"
