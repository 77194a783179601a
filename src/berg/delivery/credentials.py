"""The page's part on credentials: what each file says of itself, and how anyone can check it."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from berg.provenance.sidecars import MANIFEST, PROOF
from berg.schema.delivery import Credentials, Deliverable


def credentials_section(deliverables: Sequence[Deliverable]) -> str:
    """HTML of the section; empty where no file has credentials. Every text in it is escaped."""
    given = [(item, item.credentials) for item in deliverables if item.credentials is not None]
    if not given:
        return ""
    rows = "\n".join(_row(item, credentials) for item, credentials in given)
    return (
        '<details class="credentials" lang="en"><summary>Credentials, and how to check them'
        f"</summary>{_said(given[0][1])}"
        '<div class="scroll"><table><thead><tr><th scope="col">File</th>'
        '<th scope="col">Label</th><th scope="col">Signature (C2PA)</th>'
        '<th scope="col">Watermark</th><th scope="col">Log</th></tr></thead>'
        f"<tbody>\n{rows}\n</tbody></table></div>{_how()}</details>"
    )


def _said(first: Credentials) -> str:
    """What holds for all files of the delivery, in sentences."""
    label = (
        "No label was asked for (profile <code>none</code>), and the manifests say so."
        if first.profile == "none"
        else f"Labelled by the profile <code>{escape(first.profile)}</code>."
    )
    stamp = (
        "A time-stamp authority says when."
        if first.time_stamped
        else "No time-stamp authority was asked, so the time is the signer’s own word."
    )
    return (
        f"<p>{label} Signed by {escape(first.signer)}. {stamp}"
        f" Entered in the log <code>{escape(first.log)}</code>.</p>"
    )


def _row(item: Deliverable, given: Credentials) -> str:
    cells = [_label(given), _signature(item, given), _watermark(given), _log(item, given)]
    link = f'<a href="{quote(item.path)}">{escape(item.path)}</a>'
    return f"<tr><td>{link}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _label(given: Credentials) -> str:
    seen = f"“{escape(given.label)}”" if given.label else "none to be seen"
    return f"{seen}; AIGC in {escape(given.aigc)}" if given.aigc else seen


def _signature(item: Deliverable, given: Credentials) -> str:
    where = "in the file" if given.embedded else _beside(item, MANIFEST, "beside it")
    return f"{where} <code>{given.manifest_sha256[:12]}</code>"


def _watermark(given: Credentials) -> str:
    if not given.marks:
        return "none"
    first = f"<code>{escape(given.marks[0])}</code>"
    more = len(given.marks) - 1
    return f"{first} and {more} more" if more else first


def _log(item: Deliverable, given: Credentials) -> str:
    return f"entry {given.index}, {_beside(item, PROOF, 'proof')}"


def _beside(item: Deliverable, ending: str, words: str) -> str:
    path = item.path + ending
    return f'<a href="{quote(path)}" download>{words}</a>' if path in item.beside else words


def _how() -> str:
    return (
        "<p>To check a file: <code>berg verify FILE</code>. Without berg: any reader of C2PA"
        " content credentials shows the signature and the history; the proof beside a file is a"
        " <code>c2sp.org/tlog-proof@v1</code>, checked against the log’s public key"
        " (<code>berg log show</code>). The watermark outlives re-encoding and cropping, and is"
        " found with the sender’s key.</p>"
    )
