"""China's clauses on where labels stand: in the file, in the right carrier, exactly one; seen."""

from collections.abc import Sequence

from berg.carriers.aigc import FoundLabel, Scan
from berg.provenance.lint.clause import GB, GUIDES, Clause, Outcome

_UNGUIDED = ("sidecar (.aigc.json)", "WebVTT NOTE AIGC")
_ANNEX_B = ("EXIF UserComment", "PNG tEXt AIGC")
"""Places that TC260-PG-20259A is quoted as showing in its Annex B, beside XMP."""
_LOOK = dict.fromkeys(("PNG", "JPEG", "WebP", "GIF", "TIFF"), "look at the corners")
_LOOK |= dict.fromkeys(("MP4", "Matroska", "AVI"), "look, or listen, at the beginning")
_LOOK |= dict.fromkeys(("WAV", "MP3", "FLAC", "Ogg"), "listen at the beginning and the end")
_LOOK |= dict.fromkeys(("WebVTT", "Markdown", "PDF", "OOXML"), "read the beginning and the end")
"""How to look for a visible label, by format; MP4 and Matroska may hold sound alone."""


def there(scan: Scan) -> Clause:
    """There is a label. Without one nothing is broken: only what is generated owes one."""
    said: tuple[Outcome, str] = (
        "not known",
        "The file holds no AIGC label, and none lies beside it. One is owed only if its content, "
        "or a part of it, is generated, which a file's bytes can't tell.",
    )
    if scan.labels:
        said = ("met", f"There is an AIGC label: {scan.labels[0].carrier}.")
    elif scan.damage:
        said = ("not known", f"No label was found as far as the file can be read: {scan.damage}.")
    return _clause("cn.there", f"{GB}, 6.1", "a label in the file's metadata", said)


def right_place(scan: Scan) -> Clause:
    """The label stands where the guides put it."""
    places = {found.carrier for found in scan.labels}
    wrong = sorted(places - {scan.right})
    said: tuple[Outcome, str] = ("met", f"It stands where it belongs: {scan.right}.")
    if scan.right in _UNGUIDED:
        said = ("not known", "No guide names a place for the label in a file of this format.")
    elif wrong and all(place in _ANNEX_B for place in wrong):
        said = (
            "not known",
            f"It stands in {', '.join(wrong)}, which an annex of the guide is quoted as showing; "
            f"the guide itself names {scan.right}.",
        )
    elif wrong:
        said = ("broken", f"It stands in {', '.join(wrong)}; it belongs in {scan.right}.")
    return _clause("cn.place", GUIDES, "in the right place", said)


def only_one(labels: Sequence[FoundLabel]) -> Clause:
    """There is one label, not several."""
    said: tuple[Outcome, str] = ("met", "There is exactly one label.")
    if len(labels) > 1:
        same = len({found.label for found in labels}) == 1 and labels[0].label is not None
        how = "They say the same" if same else "They differ"
        listed = ", ".join(found.carrier for found in labels[:8])
        said = ("broken", f"There are {len(labels)} labels: {listed}. {how}; keep one.")
    return _clause("cn.one", f"{GB}, 6.1 c)", "exactly one label", said)


def visible(scan: Scan, said_where: str | None) -> Clause:
    """There is a label that people see or hear. A file's bytes don't tell."""
    if said_where:
        said: tuple[Outcome, str] = ("met", f"The file's credentials tell of it: {said_where}.")
    else:
        look = _LOOK.get(scan.kind, "look, or listen, at the beginning and the end")
        said = ("not known", f"A file's metadata doesn't tell what can be seen or heard: {look}.")
    return _clause("cn.visible", f"{GB}, section 5", "a label that people perceive", said)


def _clause(number: str, source: str, asks: str, said: tuple[Outcome, str]) -> Clause:
    return Clause(id=number, source=source, asks=asks, outcome=said[0], says=said[1])
