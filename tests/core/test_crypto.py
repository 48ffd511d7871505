import base64

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core import crypto
from core.crypto import Keyring, Sealed

KEYS = {"k1": bytes(range(32)), "k2": bytes(range(32, 64))}
CLEAR = "430102199001011234"


def ring(current="k1", cipher="AES-256-GCM", keys=KEYS):
    return Keyring(keys=keys, current=current, cipher=cipher, index_key=b"index")


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_opens_what_it_sealed(cipher):
    sealed = ring(cipher=cipher).seal(CLEAR, "person.id_number")

    assert CLEAR not in sealed
    assert ring(cipher=cipher).open(sealed, "person.id_number") == CLEAR


def test_never_seals_alike():
    assert ring().seal(CLEAR, "person.id_number") != ring().seal(CLEAR, "person.id_number")


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_does_not_open_what_was_moved_to_another_column(cipher):
    sealed = ring(cipher=cipher).seal(CLEAR, "person.id_number")

    with pytest.raises(InvalidTag):
        ring(cipher=cipher).open(sealed, "person.phone")


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_does_not_open_what_was_changed(cipher):
    header, body = ring(cipher=cipher).seal(CLEAR, "person.id_number").split(".")
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[-1] ^= 1

    with pytest.raises(InvalidTag):
        ring(cipher=cipher).open(f"{header}.{base64.urlsafe_b64encode(bytes(raw)).decode()}", "person.id_number")


def test_reads_old_data_after_the_key_and_the_cipher_changed():
    old = ring().seal(CLEAR, "person.id_number")
    new = ring(current="k2", cipher="SM4-GCM")

    assert new.open(old, "person.id_number") == CLEAR
    assert not new.is_current(old)
    assert new.is_current(new.seal(CLEAR, "person.id_number"))


def test_finds_equal_values_by_a_keyed_hash(settings):
    assert crypto.blind_index(CLEAR, "id_number") == crypto.blind_index(CLEAR, "id_number")
    assert crypto.blind_index(CLEAR, "id_number") != crypto.blind_index(CLEAR, "phone")


def test_signs_and_checks(settings):
    signature = crypto.sign(b"file 1", "link")

    assert crypto.is_signed(b"file 1", "link", signature)
    assert not crypto.is_signed(b"file 2", "link", signature)
    assert not crypto.is_signed(b"file 1", "other", signature)


def test_writes_a_value_in_one_way_only():
    assert crypto.canonical({"b": 1, "a": "诺"}) == '{"a":"诺","b":1}'.encode()
    assert len(crypto.fingerprint(b"x")) == 64


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "sealed_note_of_the_test"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    words: Mapped[str | None] = mapped_column(Sealed("note.words"))
    answers: Mapped[dict | None] = mapped_column(Sealed("note.answers", as_json=True))


def test_a_column_is_sealed_in_the_database(unit):
    Base.metadata.create_all(unit.connection())
    unit.add_all([Note(id="1", words="秘密", answers={"b": [1], "a": None}), Note(id="2", words=None, answers=None)])
    unit.flush()
    unit.expunge_all()

    full, empty = unit.scalars(select(Note).order_by(Note.id))
    assert (full.words, full.answers) == ("秘密", {"b": [1], "a": None})
    assert (empty.words, empty.answers) == (None, None)
    stored = unit.connection().exec_driver_sql("SELECT words FROM sealed_note_of_the_test WHERE id = '1'").scalar()
    assert stored.startswith("a:k1.")
    assert "秘密" not in stored
