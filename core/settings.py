"""Settings: one frozen dataclass, read from the environment at start, refused whole if anything is wrong."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from core import channels, typed

DEMO_SECRET = "demo-only-" + "0" * 54  # refused outside demo mode, by name
DEMO_KEY = base64.b64encode(bytes(range(32))).decode()
WEAK = {"secret", "changeme", "change-me", "password", "development", "test", "key"}
SHORTEST_SECRET = 48  # bytes (STACK finding 4)
GEOCODERS = ("offline", "tianditu", "baidu", "tencent")
FEWEST_CHARACTERS = 10  # different ones in a secret: what repeats itself was not drawn at random


class SettingsError(SystemExit):
    """All that is wrong with the settings, said at once. Nobody catches it: the process says it and ends."""

    def __init__(self, problems: list[str]) -> None:
        """Say every problem, one a line."""
        self.problems = problems
        super().__init__("\n".join(["The settings are not fit to start with:", *(f"  - {p}" for p in problems)]))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a place may set.

    Names in the environment are the upper-case names here, with the prefix RUFA_ (DATABASE_URL and REDIS_URL
    also without it).
    """

    mode: str = "demo"  # demo | development | production
    data_dir: Path = Path("var")
    database_url: str = ""
    database_deadline: float = 4.0  # seconds for one unit of database work (TRUST R7)
    database_pool: int = 10
    redis_url: str = ""
    secret_key: str = field(default="", repr=False)
    field_keys: Mapping[str, str] = field(default_factory=dict, repr=False)  # key id → base64 of 32 bytes
    field_key_current: str = "k1"
    field_cipher: str = "AES-256-GCM"  # or SM4-GCM
    index_key: str = field(default="", repr=False)
    storage_url: str = ""  # file:///… or s3://bucket/prefix
    storage_options: Mapping[str, str] = field(default_factory=dict, repr=False)
    errands: str = "table"  # table | celery
    celery_broker_url: str = ""
    sms: str = "console"  # console | http
    sms_url: str = ""
    sms_token: str = field(default="", repr=False)
    wechat_app_id: str = ""  # of the mini-program; empty: no WeChat
    wechat_secret: str = field(default="", repr=False)
    wechat_url: str = "https://api.weixin.qq.com"  # https://host that stands in for it
    wechat_networks: tuple[str, ...] = ()  # private networks it may lie in (TRUST W7)
    wechat_state: str = "formal"  # which version messages and codes lead to: formal | trial | developer
    wechat_templates: Mapping[str, str] = field(default_factory=dict)  # our name of a notice → id of its template
    wechat_checker: str = field(default="", repr=False)  # openid of a colleague, in whose name pages are looked at
    wechat_push_token: str = field(default="", repr=False)  # of messages WeChat pushes to us
    wechat_push_key: str = field(default="", repr=False)  # their EncodingAESKey
    smtp_host: str = ""  # empty: no e-mail
    smtp_port: int = 587
    smtp_security: str = "starttls"  # starttls | tls | none (on the same machine alone)
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""
    scanner_address: str = ""  # host:port of a clamd; empty: the built-in signature check alone
    public_url: str = ""  # empty: this machine and `port`, which production refuses
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    trusted_proxies: int = 0
    trusted_sites: tuple[str, ...] = ()  # addresses of kiosks and village networks with a larger allowance (G10)
    metrics_token: str = field(default="", repr=False)
    backup_key: str = field(default="", repr=False)  # base64 of 32 bytes: what backups are encrypted with
    introspection: bool = False
    any_document: bool = False  # development: run documents that are not on the list
    allow_demo_stations: bool = False
    rules_dir: str = ""
    tianditu_key: str = ""  # a browser key for the tiles of 天地图; empty: no map, and nothing from elsewhere
    geocoder: str = "offline"  # or a map service that is asked for addresses: tianditu | baidu | tencent
    geocoder_key: str = field(default="", repr=False)  # a server key; it never leaves the server
    geocoder_url: str = ""  # https://host that stands in for the service's own
    geocoder_networks: tuple[str, ...] = ()  # private networks it may lie in; all others are refused (TRUST W7)
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 16
    confirm_days: int = 90  # after so long an office is asked to confirm its entry in the directory (C14)
    import_rows: int = 30_000  # of one file of stations
    import_megabytes: int = 10
    idempotency_hours: int = 24  # how long the answer to a key is kept (TRUST R2)
    read_only: bool = False  # nothing is written; a file `read-only` in the data folder does the same at once (G12)
    meeting_networks: tuple[str, ...] = ()  # private networks it may lie in, when it is asked whether it answers
    meeting_url: str = ""  # https://meet.example/{room}: where talks by video are held; empty: they are telephoned
    graphql_requests: int = 6000  # a minute and address (TRUST G5); nodes ten times as many

    @property
    def is_demo(self) -> bool:
        """Say whether demo people, places and secrets are allowed."""
        return self.mode != "production"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and judge the settings.

    Raises `SettingsError` with everything that is missing or wrong (TRUST O7).
    """
    env = dict(os.environ if environ is None else environ)
    problems: list[str] = []
    values: dict[str, object] = {}
    for name, read in READERS.items():
        raw = env.get(f"RUFA_{name.upper()}") or (env.get(name.upper()) if name in BARE else None)
        if raw is None or raw == "":
            continue
        try:
            values[name] = read(raw)
        except ValueError as wrong:
            problems.append(f"RUFA_{name.upper()}: {wrong}")
    known = {f"RUFA_{name.upper()}" for name in READERS}
    problems += [f"{name}: no such setting" for name in env if name.startswith("RUFA_") and name not in known]
    settings = _complete(Settings(**values))  # type: ignore[arg-type]  # each reader returns its field's type
    problems += _judge(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _complete(given: Settings) -> Settings:
    filled = given
    if not filled.database_url:
        filled = replace(filled, database_url=f"sqlite:///{(filled.data_dir / 'rufa.sqlite3').absolute()}")
    if not filled.storage_url:
        filled = replace(filled, storage_url=f"file://{(filled.data_dir / 'files').absolute()}")
    if not filled.public_url:
        filled = replace(filled, public_url=f"http://127.0.0.1:{filled.port}")
    if filled.mode == "production":
        return filled
    if filled.mode == "demo":
        filled = replace(
            filled,
            secret_key=filled.secret_key or DEMO_SECRET,
            field_keys=filled.field_keys or {"k1": DEMO_KEY},
            index_key=filled.index_key or DEMO_SECRET,
        )
    return replace(
        filled,
        allow_demo_stations=True,
        any_document=filled.any_document or filled.mode == "development",
        introspection=filled.introspection or filled.mode == "development",
    )


def _judge(settings: Settings) -> list[str]:
    problems = []
    if settings.mode not in ("demo", "development", "production"):
        problems.append("RUFA_MODE: one of demo, development, production")
    if settings.field_key_current not in settings.field_keys:
        problems.append("RUFA_FIELD_KEYS: the key named by RUFA_FIELD_KEY_CURRENT is missing (id=base64,…)")
    if settings.field_cipher not in ("AES-256-GCM", "SM4-GCM"):
        problems.append("RUFA_FIELD_CIPHER: one of AES-256-GCM, SM4-GCM")
    if settings.errands == "celery" and not settings.celery_broker_url:
        problems.append("RUFA_CELERY_BROKER_URL: needed with RUFA_ERRANDS=celery")
    if settings.sms == "http" and not settings.sms_url:
        problems.append("RUFA_SMS_URL: needed with RUFA_SMS=http")
    if settings.geocoder not in GEOCODERS or (settings.geocoder != "offline" and not settings.geocoder_key):
        problems.append(f"RUFA_GEOCODER: one of {', '.join(GEOCODERS)}; all but offline need RUFA_GEOCODER_KEY")
    if settings.mode == "demo" and settings.public_url.startswith("https://"):
        problems.append("RUFA_MODE: demo is for trying out on one machine; say production for a public address")
    problems += channels.judge(settings)
    problems += _judge_secrets(settings) if settings.mode != "demo" else []
    return problems + (_judge_production(settings) if settings.mode == "production" else [])


def _judge_secrets(settings: Settings) -> list[str]:
    problems = [problem for name in ("secret_key", "index_key") for problem in _judge_secret(settings, name)]
    if settings.secret_key and settings.secret_key == settings.index_key:
        problems.append("RUFA_INDEX_KEY: must differ from RUFA_SECRET_KEY")
    if DEMO_KEY in settings.field_keys.values():
        problems.append("RUFA_FIELD_KEYS: the demo key is for the demo alone")
    return problems


def _judge_production(settings: Settings) -> list[str]:
    problems = [
        f"RUFA_{name.upper()}: not in production (TRUST G4)"
        for name in ("any_document", "introspection")
        if getattr(settings, name)
    ]
    if settings.sms == "console":
        problems.append("RUFA_SMS: console prints codes, set http in production")
    if not settings.public_url.startswith("https://"):
        problems.append("RUFA_PUBLIC_URL: https in production")
    return problems


def _judge_secret(settings: Settings, name: str) -> list[str]:
    value = getattr(settings, name)
    problems = []
    if len(value.encode()) < SHORTEST_SECRET:
        problems.append(f"RUFA_{name.upper()}: at least {SHORTEST_SECRET} bytes; make one with `make secret`")
    if value == DEMO_SECRET or value.lower() in WEAK or len(set(value)) < FEWEST_CHARACTERS:
        problems.append(f"RUFA_{name.upper()}: a default or guessable value")
    return problems


BARE = {"database_url", "redis_url"}
READERS: dict[str, Callable[[str], object]] = {
    "mode": str,
    "data_dir": Path,
    "database_url": str,
    "database_deadline": typed.seconds,
    "database_pool": typed.number,
    "redis_url": str,
    "secret_key": str,
    "field_keys": typed.cipher_keys,
    "field_key_current": str,
    "field_cipher": str,
    "index_key": str,
    "storage_url": str,
    "storage_options": typed.pairs,
    "errands": str,
    "celery_broker_url": str,
    "sms": str,
    "sms_url": str,
    "sms_token": str,
    "wechat_app_id": typed.plain,
    "wechat_secret": str,
    "wechat_url": typed.origin_or_local,
    "wechat_networks": typed.words,
    "wechat_state": str,
    "wechat_templates": typed.pairs,
    "wechat_checker": str,
    "wechat_push_token": str,
    "wechat_push_key": str,
    "smtp_host": str,
    "smtp_port": typed.number,
    "smtp_security": str,
    "smtp_user": str,
    "smtp_password": str,
    "mail_from": typed.mailbox,
    "scanner_address": str,
    "public_url": str,
    "allowed_hosts": typed.words,
    "trusted_proxies": typed.number,
    "trusted_sites": typed.words,
    "metrics_token": str,
    "backup_key": typed.cipher_key,
    "introspection": typed.flag,
    "any_document": typed.flag,
    "allow_demo_stations": typed.flag,
    "rules_dir": str,
    "tianditu_key": typed.plain,
    "geocoder": str,
    "geocoder_key": typed.plain,
    "geocoder_url": typed.origin,
    "geocoder_networks": typed.words,
    "host": str,
    "port": typed.number,
    "threads": typed.number,
    "confirm_days": typed.number,
    "import_rows": typed.number,
    "import_megabytes": typed.number,
    "idempotency_hours": typed.number,
    "read_only": typed.flag,
    "meeting_networks": typed.words,
    "meeting_url": typed.room,
    "graphql_requests": typed.number,
}

_settings: Settings | None = None


def use(settings: Settings) -> None:
    """Make these the settings of the process."""
    global _settings  # noqa: PLW0603  # read once at start
    _settings = settings


def current() -> Settings:
    """Give the settings of the process."""
    if _settings is None:
        raise RuntimeError("core.settings.use() comes first")
    return _settings
