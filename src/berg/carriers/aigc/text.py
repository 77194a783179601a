"""Markdown and WebVTT: the label in the front matter, or in a note. The text stays as it is.

TC260-PG-20258A names Markdown's front matter. It is written as one line, `AIGC: {...}`: plain JSON,
and as such YAML too. Tools in the wild write a YAML mapping below `AIGC:`; that is read. WebVTT
(W3C) has notes, `NOTE`, which players skip; no guide names it.
"""

import json
import re
from collections.abc import Iterator

import yaml

from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text
from berg.carriers.aigc.source import OutputPiece, SourceFile

RIGHT = {"Markdown": "front matter AIGC", "WebVTT": "WebVTT NOTE AIGC"}
_MOST_FRONT = 256 << 10
_MOST_LABEL = 64 << 10
_KEY = re.compile(rb"""^["']?AIGC["']?[ \t]*:""", re.IGNORECASE)
_NOTE = re.compile(rb"(?:\r?\n){2}NOTE[ \t]+AIGC[ \t]*([^\r\n]*)(?=\r?\n\r?\n|\r?\n?\Z)")
_ANCHOR = re.compile(r"(?:^|[\s\[{,:])[&*]\w", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"


def markdown_texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the front matter."""
    head = file.some(0, _MOST_FRONT)
    for block in _label_blocks(_front(head)[1]):
        line = block.partition(b":")[2].strip()
        if line.startswith(b"{") and line.endswith(b"}"):
            yield from plain_text(RIGHT["Markdown"], line)
        else:
            yield from plain_text(RIGHT["Markdown"], _as_json(block))


def markdown_labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The text with this label alone in its front matter, which is made where there is none."""
    head = file.some(0, _MOST_FRONT)
    before, front, after = _front(head)
    newline = b"\r\n" if b"\r\n" in head[:4096] else b"\n"
    for block in _label_blocks(front):
        front = front.replace(block, b"", 1)
    bom = _BOM if head.startswith(_BOM) else b""
    line = b"AIGC: " + text.encode() + newline
    if before:
        yield before + front + line + head[after:]
    else:
        yield bom + b"---" + newline + line + b"---" + newline + head[len(bom) :]
    yield (len(head), file.size)


def vtt_texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in notes near the beginning."""
    head = file.some(0, _MOST_FRONT)
    for match in _NOTE.finditer(head):
        yield from plain_text(RIGHT["WebVTT"], match[1].strip())
    for block in re.split(rb"\r?\n\r?\n", head):
        if block.startswith(b"NOTE") and not block.startswith(b"NOTE AIGC"):
            said = block[4:_MOST_LABEL].decode("utf-8", "replace").strip()
            yield from maybe_text("WebVTT NOTE", said)


def vtt_labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The captions with this label alone, in a note behind the header."""
    head = file.some(0, _MOST_FRONT)
    newline = b"\r\n" if b"\r\n" in head[:4096] else b"\n"
    blocks = re.split(rb"(\r?\n(?:\r?\n)+)", head)
    kept = [blocks[0]]
    for gap, block in zip(blocks[1::2], blocks[2::2], strict=True):
        said = block.removeprefix(b"NOTE").decode("utf-8", "replace")
        is_note = block.startswith(b"NOTE")
        is_ours = is_note and said.strip().upper().startswith("AIGC")
        if not (is_ours or (is_note and any(True for _ in maybe_text("", said)))):
            kept += [gap, block]
    note = b"NOTE AIGC " + text.replace(">", "\\u003e").encode()
    rest = b"".join(kept[1:]) or newline
    yield kept[0].rstrip(b"\r\n") + newline * 2 + note + rest
    yield (len(head), file.size)


def _front(head: bytes) -> tuple[bytes, bytes, int]:
    """The opening line, what stands between it and the closing one, and where that one begins."""
    bom = len(_BOM) if head.startswith(_BOM) else 0
    opening = re.compile(rb"---[ \t]*\r?\n").match(head, bom)
    if opening is None:
        return b"", b"", 0
    closing = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(head, opening.end())
    if closing is None:
        return b"", b"", 0
    return head[: opening.end()], head[opening.end() : closing.start()], closing.start()


def _label_blocks(front: bytes) -> Iterator[bytes]:
    """Lines of each top-level key AIGC, with the indented ones below it."""
    lines = front.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        begin, at = at, at + 1
        if not _KEY.match(lines[begin]):
            continue
        while at < len(lines) and (lines[at][:1] in (b" ", b"\t") or not lines[at].strip()):
            at += 1
        yield b"".join(lines[begin:at])


def _as_json(block: bytes) -> bytes:
    """A label that is written as YAML, as JSON; what is neither, as it is."""
    raw = block[:_MOST_LABEL].decode("utf-8", "replace")
    plain = raw.partition(":")[2].strip().encode("utf-8", "replace")
    if _ANCHOR.search(raw):  # repeated by reference, a few lines grow without bound
        return plain
    try:
        value = yaml.safe_load(raw)
        inner = next(iter(value.values())) if isinstance(value, dict) and value else value
        if isinstance(inner, str):
            return inner.encode("utf-8", "replace")
        return json.dumps(inner, ensure_ascii=False, separators=(",", ":")).encode()
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, UnicodeError):
        return plain
