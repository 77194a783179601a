"""Whether a composed poster may be delivered: pure geometry, and sentences that say what is wrong.

Not here: contrast (`contrast`), and what can be mended (`mend`).
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from berg.lines.posters.design.parts import Piece, cut, grown
from berg.media.type.safe import Box

LEAST_SCREEN = 18
"""Thousandths of the shorter side: type of 19 pixels' em on 1080, 7 CSS pixels on a phone."""
LEAST_PAPER_PT = 6.0
"""Printers' rule for type on coated paper."""
_CLEAR = 4
"""A logo keeps a quarter of its height free."""
_OVER_FACE = 0.12
"""Share of a face that type may cover: hair and chin, not eyes and mouth."""


def problems_of(
    pieces: Sequence[Piece], *, page: Box, faces: Sequence[Box], label: Sequence[Box]
) -> Iterator[str]:
    """What is wrong with where things stand on a poster; `page` is what is seen of it.

    `faces` are in the same pixels, `label` is what the visible label covers.
    """
    for piece in pieces:
        if cut(piece.box, page) != piece.box:
            yield f"the {piece.kind} reaches beyond the poster"
    yield from _touching(pieces)
    yield from _crowded(pieces, label, page)
    yield from _labelled(pieces, label, page)
    yield from _on_faces(pieces, faces)


def legible(
    smallest: int, *, width: int, height: int, px_per_pt: float | None = None
) -> Iterator[str]:
    """Whether the smallest em, in pixels, is large enough; `px_per_pt` is of paper, else None."""
    if px_per_pt is not None:
        if smallest < LEAST_PAPER_PT * px_per_pt:
            size = smallest / px_per_pt
            yield f"the smallest type is {size:.1f} pt; paper needs {LEAST_PAPER_PT:g} pt"
        return
    least = min(width, height) * LEAST_SCREEN / 1000
    if smallest < least:
        yield f"the smallest type is {smallest} px; this size needs {least:.0f} px"


def _touching(pieces: Sequence[Piece]) -> Iterator[str]:
    for a, b in combinations(pieces, 2):
        shared = cut(a.box, b.box)
        if shared is None or a.is_logo or b.is_logo:
            continue
        deep = min(shared.height, shared.width)
        if deep > max(3, min(a.em, b.em) // 4):
            yield f"the {a.kind} and the {b.kind} overlap"


def _crowded(pieces: Sequence[Piece], label: Sequence[Box], page: Box) -> Iterator[str]:
    for logo in (piece for piece in pieces if piece.is_logo):
        room = grown(logo.box, logo.box.height // _CLEAR)
        if cut(room, page) != room:
            yield "the logo stands too close to the edge: a quarter of its height must be free"
        for other in pieces:
            # Logo and name side by side are one sign: the name only must not touch the logo.
            near = logo.box if other.kind == "brand" else room
            if other is not logo and cut(near, other.box):
                yield f"the {other.kind} stands too close to the logo"
        if any(cut(room, box) for box in label):
            yield "the label stands too close to the logo"


def _labelled(pieces: Sequence[Piece], label: Sequence[Box], page: Box) -> Iterator[str]:
    for box in label:
        if cut(box, page) != box:
            yield "the label reaches beyond the poster"
        for piece in pieces:
            if not piece.is_logo and cut(box, piece.box):
                yield f"the {piece.kind} and the label overlap"


def _on_faces(pieces: Sequence[Piece], faces: Sequence[Box]) -> Iterator[str]:
    for piece in pieces:
        for face in faces:
            shared = cut(piece.box, face)
            if shared and shared.width * shared.height > _OVER_FACE * face.width * face.height:
                yield f"the {piece.kind} covers a face"
                break
