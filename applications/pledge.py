"""The personal integrity pledge (个人诚信承诺): its dated texts, and the document that is signed. Pure.

RULEBOOK 3.1, FEATURES A15–A17.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from core.crypto import canonical, fingerprint

TEXTS = Path(__file__).parent / "pledge_texts"


class SignatureMethod(StrEnum):
    """How a pledge may be signed; all of them count the same (FEATURES A17)."""

    TYPED = "typed"
    DRAWN = "drawn"
    THUMBPRINT = "thumbprint"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing the applicant is told before signing: the legal text, and the same in plain words (PL-1)."""

    code: str
    title: str
    legal: str
    plain: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One wording of the pledge, in force in a region from a day on. What was signed is never reworded."""

    template: str
    version: str
    region: str
    active_from: date
    title: str
    intro: str
    clauses: tuple[Clause, ...]
    commitments: tuple[str, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Give the codes of all clauses, each of which must be acknowledged."""
        return frozenset(clause.code for clause in self.clauses)

    def text(self) -> dict[str, Any]:
        """Give everything that is shown, as it is kept with the signature (TRUST P7)."""
        return {
            "title": self.title,
            "intro": self.intro,
            "clauses": [asdict(clause) for clause in self.clauses],
            "commitments": list(self.commitments),
        }


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of the statement of hardship (经济困难状况说明): what was asked, what was answered."""

    field: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Signature:
    """How somebody signed, and who of the staff sat beside them.

    `drawing_sha256` is that of the picture as it is kept, where there is one: a drawing, or a thumb-print.
    """

    method: SignatureMethod
    name: str
    drawing_sha256: str | None = None
    witness: str | None = None
    witness_number: str | None = None


@cache
def editions() -> tuple[Edition, ...]:
    """Read all editions, the newest first."""
    found = [_edition(one) for path in sorted(TEXTS.glob("*.toml")) for one in _read(path)]
    return tuple(sorted(found, key=lambda edition: (edition.active_from, edition.version), reverse=True))


def edition_for(region: str, on: date) -> Edition:
    """Give the edition in force in a region on a day: the nearest region's, then the newest.

    Raises `LookupError` where no edition covers the region.
    """
    fitting = [one for one in editions() if region.startswith(one.region) and one.active_from <= on]
    if not fitting:
        raise LookupError(f"no pledge for region {region} on {on}")
    return max(fitting, key=lambda one: (len(one.region), one.active_from, one.version))


def edition(template: str, version: str) -> Edition | None:
    """Give an edition by its name, old ones too."""
    return next((one for one in editions() if (one.template, one.version) == (template, version)), None)


def document(
    shown: Edition,
    *,
    applicant: Mapping[str, str],
    statement: Sequence[StatementRow],
    signature: Signature,
    signed_at: datetime,
    previous: str | None,
) -> dict[str, Any]:
    """Put together what is signed. Its canonical form is what the hash is taken from (PL-8, FEATURES A16)."""
    return {
        "template": shown.template,
        "version": shown.version,
        "text": shown.text(),
        "acknowledged": sorted(shown.codes),
        "applicant": dict(applicant),
        "statement": [asdict(row) for row in statement],
        "signature": asdict(signature),
        "signed_at": signed_at.isoformat(timespec="microseconds"),
        "previous": previous,
    }


def digest(signed: Mapping[str, Any]) -> str:
    """Hash a signed document."""
    return fingerprint(canonical(signed))


def _read(path: Path) -> list[dict[str, Any]]:
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["edition"])


def _edition(raw: Mapping[str, Any]) -> Edition:
    return Edition(
        template=raw["template"],
        version=raw["version"],
        region=raw["region"],
        active_from=raw["active_from"],
        title=raw["title"],
        intro=raw["intro"],
        clauses=tuple(Clause(**clause) for clause in raw["clauses"]),
        commitments=tuple(one["text"] for one in raw["commitments"]),
    )
