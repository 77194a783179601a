"""Changes to a ring that is there: keys are added, none is taken away; only trust is.

Each is called by whoever has the folder alone, and ends by replacing the ring in one rename.
"""

from typing import Any

from berg.errors import RequestError
from berg.provenance.keys.bring import Brought, Chain, keep_roots, keep_signer
from berg.provenance.keys.folder import KeyFolder
from berg.provenance.keys.making import make_mark, make_signer, read_authority
from berg.provenance.keys.record import RingRecord, SignerRecord

_TENANT_LONGEST = 64


def change(folder: KeyFolder, **changes: Any) -> RingRecord:
    """The ring with some fields replaced, written. Raises KeysError."""
    record = folder.record().model_copy(update=changes)
    folder.write_record(record)
    return record


def rotate(folder: KeyFolder, *, tenant: str | None, certificate: bool, marks: bool) -> RingRecord:
    """A new leaf if the local authority's signs, a new epoch of a tenant's watermark, or both."""
    record = folder.record()
    changes = _new_epoch(folder, record, tenant) if marks else {}
    if certificate and _current(record).kind == "local":
        authority = read_authority(folder, record.authority)
        signer = make_signer(folder, authority, record.name)
        changes |= {"signers": (signer, *record.signers), "signer": signer.id}
    return change(folder, **changes)


def _new_epoch(folder: KeyFolder, record: RingRecord, tenant: str | None) -> dict[str, Any]:
    tenant = _checked_tenant(tenant) if tenant else record.tenant
    epoch = 1 + max((mark.epoch for mark in record.marks if mark.tenant == tenant), default=0)
    made = make_mark(folder, tenant, epoch)
    return {"marks": (made, *record.marks), "tenant": tenant}


def bring_signer(folder: KeyFolder, brought: Brought) -> RingRecord:
    """Sign with what was brought in; its root, if it came along, is trusted."""
    signer = keep_signer(folder, brought)
    record = folder.record()
    others = tuple(one for one in record.signers if one.id != signer.id)
    trust = _with(record.trust, keep_roots(folder, brought.roots))
    return change(folder, signers=(signer, *others), signer=signer.id, trust=trust)


def bring_roots(folder: KeyFolder, roots: Chain) -> RingRecord:
    """Trust further roots."""
    return change(folder, trust=_with(folder.record().trust, keep_roots(folder, roots)))


def forget_root(folder: KeyFolder, identifier: str) -> RingRecord:
    """Trust a root that was brought in no longer; its file stays. Raises RequestError."""
    trust = folder.record().trust
    if identifier not in trust:
        known = ", ".join(trust) or "none was brought in"
        raise RequestError(f"no root {identifier[:40]!r} is trusted; there are: {known}")
    return change(folder, trust=tuple(root for root in trust if root != identifier))


def _with(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def _current(record: RingRecord) -> SignerRecord:
    return next(signer for signer in record.signers if signer.id == record.signer)


def _checked_tenant(tenant: str) -> str:
    plain = all(c.isalnum() or c in "-_." for c in tenant)
    if not tenant.isascii() or not plain or len(tenant) > _TENANT_LONGEST:
        raise RequestError(
            f"{tenant[:80]!r} can't name a tenant: use up to 64 letters, digits, '-', '_' and '.'"
        )
    return tenant
