"""Verifying files: with the keys and the log of a home, if there is one, or with none at all.

Opens no store and makes nothing in the home: somebody who never made anything can verify, too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from berg.compute.node import probe_node
from berg.errors import BergError, RequestError
from berg.provenance.keys import KeyRing
from berg.provenance.log import witnesses_of
from berg.provenance.log.note import LOG_KIND, WITNESS_KIND, parse_vkey, verifier_of
from berg.provenance.log.reader import LogReader
from berg.provenance.verify import (
    Demands,
    HomeLog,
    LogLookup,
    NoLog,
    OnReport,
    Orders,
    Report,
    Verifier,
    choose,
    manifest_reader,
    unread_report,
)

_MOST_SIDE_BY_SIDE = 4
_MOST_ROOT_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifyRequest:
    """What to check, and whom to believe."""

    files: tuple[Path, ...]
    """Files and folders."""
    trust: tuple[Path, ...] = ()
    """PEM files of roots; naming any demands that the signer chains to a trusted one."""
    log_keys: tuple[str, ...] = ()
    """Verifier keys of logs; naming any demands a proof from one of them."""
    witness_keys: tuple[str, ...] = ()
    """Verifier keys of witnesses; each named one must have cosigned."""
    quick: bool = False
    """Don't look for watermarks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What came of it."""

    reports: tuple[Report, ...]
    notes: tuple[str, ...]
    """What this home lacks to say more, in sentences."""

    @property
    def sound(self) -> bool:
        """Whether there was a file, and every verdict is sound."""
        return bool(self.reports) and all(report.verdict.sound for report in self.reports)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Home:
    """What a home brings to a check."""

    anchors: bytes = b""
    mark_secrets: tuple[str, ...] = ()
    log: LogReader | None = None
    log_problem: str = ""
    witness_keys: tuple[str, ...] = ()
    """Keys of the witnesses that its log asks."""
    notes: tuple[str, ...] = ()


def verify(
    request: VerifyRequest,
    *,
    home: Path,
    begun: Callable[[int], None] | None = None,
    progress: OnReport | None = None,
) -> Verified:
    """Check files; `begun` is told how many there are, `progress` of each as it is done.

    Raises:
        RequestError: a file isn't there, a root or a key that was named can't be read.
    """
    demands, roots = _demands(request), _roots(request.trust)
    cores = probe_node().cores
    chosen = choose(request.files)
    mine = _open(home)
    if begun is not None:
        begun(len(chosen.files))
    with _ledger(mine, home) as ledger:
        verifier = Verifier(
            orders=_orders(request, mine, roots),
            demands=demands,
            ledger=ledger,
            quick=request.quick,
        )
        reports = verifier.check(
            chosen.files, side_by_side=min(_MOST_SIDE_BY_SIDE, cores), progress=progress
        )
    unread = tuple(unread_report(one.path, one.why) for one in chosen.unread)
    links = (f"{chosen.links} links were not followed",) if chosen.links else ()
    others = (_passed_over(chosen.others),) if chosen.others else ()
    return Verified(reports=(*reports, *unread), notes=(*mine.notes, *links, *others))


def _passed_over(count: int) -> str:
    return (
        f"{count} {'file' if count == 1 else 'files'} of other kinds: named singly, each is checked"
    )


def _orders(request: VerifyRequest, mine: _Home, roots: bytes) -> Orders:
    own = (mine.log.vkey(),) if mine.log else ()
    return Orders(
        anchors=(mine.anchors + b"\n" + roots).decode("ascii", "replace").strip(),
        mark_secrets=mine.mark_secrets,
        log_keys=(*request.log_keys, *own),
        witness_keys=(*request.witness_keys, *mine.witness_keys),
    )


@contextmanager
def _ledger(mine: _Home, home: Path) -> Iterator[LogLookup]:
    if mine.log is None:
        yield NoLog(mine.log_problem)
        return
    with manifest_reader() as read:
        yield HomeLog(mine.log, manifests=home / "log" / "manifests", read_manifest=read)


def _open(home: Path) -> _Home:
    """What there is; what is locked or damaged is told, and the check goes on without."""
    ring = KeyRing.open(home / "keys")
    try:
        if not ring.ready():
            return _Home(notes=(_no_keys(home),))
        anchors = ring.anchors()
    except BergError as error:
        return _Home(notes=(f"this home's keys can't be used: {error.message}",))
    try:
        secrets = tuple(key.secret.hex() for key in ring.mark_keys())
        log = LogReader(home / "log", verifier=verifier_of(ring.log_key(), name=ring.log_origin()))
    except BergError as error:
        return _Home(anchors=anchors, log_problem=error.message, notes=(error.message,))
    if not log.folder.is_dir():
        return _Home(anchors=anchors, mark_secrets=secrets)
    known, notes = _witnesses(log.folder)
    return _Home(anchors=anchors, mark_secrets=secrets, log=log, witness_keys=known, notes=notes)


def _witnesses(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of the witnesses that a log asks, and what is wrong with their list."""
    try:
        return tuple(site.verifier.vkey() for site in witnesses_of(folder)), ()
    except BergError as error:
        return (), (f"this home's witnesses: {error.message}",)


def _no_keys(home: Path) -> str:
    return (
        f"there are no keys in {home / 'keys'}: no signer is trusted here but those named with "
        "--trust, no watermark can be looked for, and no log is at hand"
    )


def _demands(request: VerifyRequest) -> Demands:
    """Raises RequestError for what is no key, or one of the other kind."""
    return Demands(
        roots=bool(request.trust),
        logs=tuple(_name(key, LOG_KIND, "--log-key") for key in request.log_keys),
        witnesses=tuple(_name(key, WITNESS_KIND, "--witness-key") for key in request.witness_keys),
    )


def _name(key: str, kind: int, option: str) -> str:
    try:
        verifier = parse_vkey(key)
    except BergError as error:
        raise RequestError(f"{option}: {error.message}") from error
    if verifier.kind != kind:
        other = "--witness-key" if option == "--log-key" else "--log-key"
        raise RequestError(f"{option}: this is a key of the other kind; give it with {other}")
    return verifier.name


def _roots(paths: tuple[Path, ...]) -> bytes:
    return b"\n".join(_root(path) for path in paths)


def _root(path: Path) -> bytes:
    """Certificates as PEM, read and checked. Raises RequestError."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_ROOT_BYTES + 1)
        if len(data) > _MOST_ROOT_BYTES:
            raise ValueError("it is larger than 1 MiB")
        found = x509.load_pem_x509_certificates(data)
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it holds no certificates"
        raise RequestError(
            f"--trust {path}: {cause}; it must be a PEM file of root certificates",
            where=str(path),
        ) from error
    return data if found else b""
