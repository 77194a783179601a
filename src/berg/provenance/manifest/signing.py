"""Handing a signer to the C2PA library, and hearing why it failed.

The library swallows what a callback raises; here it is kept and raised again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import c2pa

from berg.provenance.keys import Signer


@contextmanager
def native_signer(signer: Signer, *, time_stamp_url: str | None) -> Iterator[c2pa.Signer]:
    """The library's signer for one signature.

    Raises what `signer.sign` raised, if that is why the block failed; C2paError otherwise.
    """
    failures: list[Exception] = []

    def sign(data: bytes) -> bytes:
        try:
            return signer.sign(data)
        except Exception as error:
            failures.append(error)
            return b""

    algorithm = c2pa.C2paSigningAlg[signer.alg.upper()]
    chain = signer.chain_pem.decode("ascii", "replace")
    try:
        with c2pa.Signer.from_callback(sign, algorithm, chain, time_stamp_url) as native:
            yield native
    except c2pa.C2paError:
        if failures:
            raise failures[0] from None
        raise
