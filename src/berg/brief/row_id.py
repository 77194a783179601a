"""What a row is called: in files' names, in journal and reports. Safe on any file system."""

import re
import unicodedata
from collections.abc import Mapping

from berg.digest import bytes_sha256, canonical_json

MAX_BYTES = 48
"""Largest id that is used as it is, in UTF-8; a longer one is cut and gets a digest."""
_SAFE = re.compile(r"[^\W_][\w.-]*")
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that Windows keeps for itself."""


def row_id(number: int, values: Mapping[str, str]) -> tuple[str, str | None]:
    """A row's id, and what is wrong with it: its column `id`, else number and digest."""
    column = next((name for name in values if name.casefold() == "id"), None)
    if column is None:
        said = bytes_sha256(canonical_json(values))
        return f"{number}-{said[:8]}", None
    raw = unicodedata.normalize("NFC", values[column].strip())
    if not raw:
        return f"{number}-noid", "its id is empty"
    return safe_id(raw), None


def safe_id(raw: str) -> str:
    """An id as a file's name may hold it: the same where it can be, else with a digest behind."""
    plain = _SAFE.fullmatch(raw) and len(raw.encode("utf-8", "surrogatepass")) <= MAX_BYTES
    if plain and not raw.endswith(".") and not _DEVICES.fullmatch(raw) and ".." not in raw:
        return raw
    kept = re.sub(r"[\W_]+", "-", raw[: 4 * MAX_BYTES]).strip("-")
    while len(kept.encode("utf-8", "replace")) > MAX_BYTES - 9:
        kept = kept[:-1]
    digest = bytes_sha256(raw.encode("utf-8", "surrogatepass"))[:8]
    return f"{kept.strip('-')}-{digest}" if kept.strip("-") else digest
