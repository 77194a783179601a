"""An entry: what the log says of one delivered file. No prompt, no title, no path."""

import re
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from berg.digest import canonical_json
from berg.provenance.log.errors import NoteError
from berg.schema._base import Frozen

MAX_LEAF_BYTES = 65_535
"""Largest leaf that an entry bundle of C2SP tlog-tiles can hold."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
WatermarkId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10}$")]
Rfc3339 = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$", max_length=40
    ),
]
MediaType = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,120}$")]


class Entry(Frozen):
    """One delivered file, as a leaf of the log."""

    content_sha256: Digest
    """Digest of the file before anything was attached to it."""
    sha256: Digest
    """Digest of the file as delivered. The log holds one entry for it at most."""
    manifest_sha256: Digest | None = None
    """Digest of its C2PA manifest, embedded or beside it."""
    produce_id: Annotated[str, StringConstraints(max_length=256)] = ""
    """ProduceID of its AIGC label."""
    marks: tuple[WatermarkId, ...] = ()
    """Identifiers that its watermarks carry: a film's, shot by shot, and its sound's."""
    receipt_sha256: Digest
    """Digest of what all steps that it hangs on took (`berg.provenance.lineage`)."""
    media_type: MediaType
    """Such as `video/mp4`."""
    time: Rfc3339
    """When it was handed to the log, RFC 3339, by the logger's own clock."""

    def leaf(self) -> bytes:
        """Canonical JSON: the bytes that are hashed. Raises NoteError: larger than a leaf."""
        data = canonical_json(self.model_dump(mode="json"))
        if len(data) > MAX_LEAF_BYTES:
            raise NoteError(
                f"an entry of {len(data)} bytes: a leaf holds {MAX_LEAF_BYTES} at most;"
                f" it has {len(self.marks)} marks, log the parts as files of their own"
            )
        return data


_PLAIN = re.compile(rb"\A\{[^\x00-\x1f]*\}\Z")


def parse_entry(leaf: bytes) -> Entry:
    """An entry from its leaf. Raises NoteError: not one, or not in its one canonical form."""
    if len(leaf) > MAX_LEAF_BYTES or not _PLAIN.match(leaf):
        raise NoteError("the leaf is not an entry of berg's log: one line of canonical JSON")
    try:
        entry = Entry.model_validate_json(leaf)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NoteError(
            f"the leaf is not an entry of berg's log: {where}: {first['msg']}"
        ) from None
    if entry.leaf() != leaf:
        raise NoteError("the leaf is an entry, but not in canonical form")
    return entry
