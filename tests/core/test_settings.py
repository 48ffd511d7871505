import base64
import pathlib
import secrets

import pytest

from core import settings

PRODUCTION = {
    "RUFA_MODE": "production",
    "RUFA_SECRET_KEY": secrets.token_urlsafe(48),
    "RUFA_INDEX_KEY": secrets.token_urlsafe(48),
    "RUFA_FIELD_KEYS": "k1=" + base64.b64encode(secrets.token_bytes(32)).decode(),
    "RUFA_SMS": "http",
    "RUFA_SMS_URL": "https://sms.example/send",
    "RUFA_PUBLIC_URL": "https://aid.example",
}


def refused(**changed):
    with pytest.raises(settings.SettingsError) as wrong:
        settings.load(PRODUCTION | changed)
    return wrong.value.problems


def test_needs_nothing_to_show_itself():
    made = settings.load({})

    assert made.is_demo
    assert made.database_url.startswith("sqlite:////")
    assert made.storage_url.startswith("file:///")


def test_starts_in_production_with_what_it_needs():
    made = settings.load(PRODUCTION)

    assert not made.is_demo
    assert not made.any_document
    assert not made.introspection


@pytest.mark.parametrize("value", ["secret", "changeme", "x" * 60, "short-but-random-7f3a", settings.DEMO_SECRET])
def test_refuses_a_default_or_short_secret(value):
    assert any("RUFA_SECRET_KEY" in problem for problem in refused(RUFA_SECRET_KEY=value))


def test_refuses_to_start_without_a_secret():
    assert any("RUFA_SECRET_KEY" in problem for problem in refused(RUFA_SECRET_KEY=""))


def test_says_all_that_is_wrong_at_once():
    problems = refused(
        RUFA_PORT="http",
        RUFA_SECRET_KEY="secret",
        RUFA_INDEX_KEY="secret",
        RUFA_FIELD_KEYS=f"k1={settings.DEMO_KEY}",
        RUFA_ANY_DOCUMENT="yes",
        RUFA_INTROSPECTION="1",
        RUFA_SMS="console",
        RUFA_PUBLIC_URL="http://aid.example",
        RUFA_TYPO="x",
    )

    for name in ("PORT", "SECRET_KEY", "INDEX_KEY", "FIELD_KEYS", "ANY_DOCUMENT", "INTROSPECTION", "SMS", "TYPO"):
        assert any(f"RUFA_{name}:" in problem for problem in problems), name
    assert any("must differ" in problem for problem in problems)
    assert any("https in production" in problem for problem in problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "live"),
        ("FIELD_KEY_CURRENT", "k2"),
        ("FIELD_CIPHER", "ROT13"),
        ("ERRANDS", "celery"),
        ("SMS", "http"),
        ("DATABASE_DEADLINE", "0"),
        ("DATABASE_DEADLINE", "soon"),
        ("DATABASE_POOL", "-1"),
        ("INTROSPECTION", "perhaps"),
        ("FIELD_KEYS", "k1"),
        ("FIELD_KEYS", "k1=c2hvcnQ="),
        ("FIELD_KEYS", "k1=***"),
        ("STORAGE_OPTIONS", "nothing"),
        ("TIANDITU_KEY", "key&layer=x"),
    ],
)
def test_refuses_what_cannot_be(name, value):
    with pytest.raises(settings.SettingsError):
        settings.load({f"RUFA_{name}": value})


def test_never_repeats_a_secret_that_is_wrong():
    with pytest.raises(settings.SettingsError) as wrong:
        settings.load(PRODUCTION | {"RUFA_SECRET_KEY": "hunter2"})

    assert "hunter2" not in str(wrong.value)


def test_shows_no_secret_when_it_is_printed():
    assert PRODUCTION["RUFA_SECRET_KEY"] not in repr(settings.load(PRODUCTION))


def test_reads_whole_numbers_and_leaves_what_is_given():
    made = settings.load({"RUFA_PORT": "9000", "RUFA_DATABASE_URL": "sqlite:///here", "RUFA_STORAGE_URL": "s3://there"})

    assert (made.port, made.database_url, made.storage_url) == (9000, "sqlite:///here", "s3://there")


def test_takes_well_known_names_without_prefix():
    made = settings.load({"DATABASE_URL": "postgresql://there/rufa", "REDIS_URL": "redis://there", "PORT": "99"})

    assert (made.database_url, made.redis_url, made.port) == ("postgresql://there/rufa", "redis://there", 8000)


def test_reads_lists_numbers_and_flags():
    made = settings.load(
        {
            "RUFA_ALLOWED_HOSTS": "a.example, b.example",
            "RUFA_DATABASE_DEADLINE": "2.5",
            "RUFA_STORAGE_OPTIONS": "region=cn,endpoint=https://s3.example",
            "RUFA_INTROSPECTION": "off",
            "RUFA_TIANDITU_KEY": "0a1b2c",
        }
    )

    assert made.allowed_hosts == ("a.example", "b.example")
    assert made.database_deadline == 2.5
    assert made.storage_options == {"region": "cn", "endpoint": "https://s3.example"}
    assert not made.introspection
    assert made.tianditu_key == "0a1b2c"


def test_refuses_a_default_secret_in_development_too():
    with pytest.raises(settings.SettingsError) as refused:
        settings.load({"RUFA_MODE": "development"})

    assert any(problem.startswith("RUFA_SECRET_KEY") for problem in refused.value.problems)
    assert any(problem.startswith("RUFA_FIELD_KEYS") for problem in refused.value.problems)


def test_runs_any_document_in_development():
    secrets = {
        "RUFA_SECRET_KEY": "s3cret-Of-Our-Own-" + "abcdefghij" * 4,
        "RUFA_INDEX_KEY": "index-Of-Our-Own-" + "klmnopqrst" * 4,
    }
    made = settings.load({"RUFA_MODE": "development", "RUFA_FIELD_KEYS": f"k1={'A' * 43}=", **secrets})

    assert made.any_document
    assert made.introspection


def test_is_no_demo_at_a_public_address():
    with pytest.raises(settings.SettingsError):
        settings.load({"RUFA_PUBLIC_URL": "https://rufa.example"})


def test_has_to_be_given_before_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(settings, "_settings", None)
    with pytest.raises(RuntimeError):
        settings.current()


def test_every_setting_can_be_read_and_is_told_to_whoever_runs_the_house():
    names = set(settings.Settings.__dataclass_fields__)
    table = (pathlib.Path(__file__).parents[2] / "docs" / "operations.md").read_text()

    assert names == set(settings.READERS)
    assert not [name for name in names if f"`RUFA_{name.upper()}`" not in table]


@pytest.mark.parametrize("name", settings.GEOCODERS)
def test_takes_a_map_service_with_its_key(name):
    given = {"RUFA_GEOCODER": name, "RUFA_GEOCODER_KEY": "AAAA-1", "RUFA_GEOCODER_URL": "https://maps.example:8443"}

    made = settings.load(given)

    assert (made.geocoder, made.geocoder_key, made.geocoder_url) == (name, "AAAA-1", "https://maps.example:8443")
    assert "AAAA-1" not in repr(made)


@pytest.mark.parametrize(
    "given",
    [
        {"RUFA_GEOCODER": "elsewhere", "RUFA_GEOCODER_KEY": "A"},
        {"RUFA_GEOCODER": "tianditu"},
        {"RUFA_GEOCODER_KEY": "a key&more"},
        {"RUFA_GEOCODER_URL": "http://maps.example"},
        {"RUFA_GEOCODER_URL": "https://me:pass@maps.example"},
        {"RUFA_GEOCODER_URL": "https://maps.example/path?x"},
    ],
)
def test_refuses_a_map_service_that_cannot_be_asked(given):
    with pytest.raises(settings.SettingsError, match="RUFA_GEOCODER"):
        settings.load(given)


def test_meetings_have_an_address_with_a_room_in_it(tmp_path):
    def said(address):
        return settings.load({"RUFA_DATA_DIR": str(tmp_path), "RUFA_MEETING_URL": address}).meeting_url

    assert said("https://meet.example.cn/{room}?lang=zh") == "https://meet.example.cn/{room}?lang=zh"
    for wrong in ("https://meet.example.cn/", "http://meet.example.cn/{room}", "https://a b/{room}"):
        with pytest.raises(settings.SettingsError, match="MEETING_URL"):
            said(wrong)


def test_links_lead_to_the_port_it_listens_on_where_nothing_else_is_said():
    assert settings.load({"RUFA_PORT": "8123"}).public_url == "http://127.0.0.1:8123"
    assert settings.load({"RUFA_PORT": "8123", "RUFA_PUBLIC_URL": "http://aid"}).public_url == "http://aid"
    assert "RUFA_PUBLIC_URL: https in production" in refused(RUFA_PUBLIC_URL="")
