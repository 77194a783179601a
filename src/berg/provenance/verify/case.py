"""One file's case: what was seen, with the questions that verdicts ask of it."""

from dataclasses import dataclass

from berg.provenance.verify.report import (
    Demands,
    LabelSeen,
    LoggedDelivery,
    MarkSeen,
    ProofSeen,
    Seen,
    SignatureSeen,
)


@dataclass(frozen=True, slots=True)
class Case:
    """What was seen, and what was demanded."""

    seen: Seen
    demands: Demands

    @property
    def good(self) -> SignatureSeen | None:
        """The signature that holds for these bytes; the embedded one if both do."""
        held = [s for s in self.seen.signatures if s.state != "Invalid"]
        return held[0] if held else None

    @property
    def bad(self) -> SignatureSeen | None:
        """A signature that does not hold."""
        return next((s for s in self.seen.signatures if s.state == "Invalid"), None)

    @property
    def labels(self) -> tuple[LabelSeen, ...]:
        """AIGC labels."""
        return self.seen.label.seen

    @property
    def marks(self) -> tuple[MarkSeen, ...]:
        """Watermarks."""
        return self.seen.mark.seen

    @property
    def proof(self) -> ProofSeen | None:
        """The proof beside the file."""
        return self.seen.log.proof

    @property
    def proved(self) -> ProofSeen | None:
        """The proof beside it, if it holds for these bytes in a log whose key is known."""
        return self.proof if self.proof and self.proof.state == "proved" else None

    @property
    def exact(self) -> LoggedDelivery | None:
        """The entry of this home's log for exactly these bytes."""
        return self._by("bytes")

    @property
    def traced(self) -> LoggedDelivery | None:
        """The delivery that a watermark leads to."""
        return self._by("watermark")

    @property
    def traces(self) -> tuple[tuple[MarkSeen, LoggedDelivery], ...]:
        """Each delivery that a watermark leads to, with the first mark that does."""
        found: dict[int, tuple[MarkSeen, LoggedDelivery]] = {}
        for delivery in self.seen.log.deliveries:
            for mark in self.marks:
                if delivery.by == "watermark" and delivery.mark == mark.identifier:
                    found.setdefault(delivery.index, (mark, delivery))
        return tuple(found.values())

    @property
    def named(self) -> LoggedDelivery | None:
        """The delivery that an AIGC label names."""
        return self._by("label")

    @property
    def claimed(self) -> LoggedDelivery | None:
        """The delivery that the credentials name."""
        return self._by("credentials")

    def _by(self, by: str) -> LoggedDelivery | None:
        return next((d for d in self.seen.log.deliveries if d.by == by), None)


def knows(signature: SignatureSeen, delivery: LoggedDelivery) -> bool:
    """Whether a signature's manifest, or its history, speaks of a delivery."""
    return delivery.produce_id in signature.produce_ids


def is_mismatch(signature: SignatureSeen) -> bool:
    """Whether the content is not what was signed, whatever else is wrong."""
    return any(code.lower().endswith("hash.mismatch") for code in signature.codes)


def is_expired(signature: SignatureSeen) -> bool:
    """Whether the certificate was out of its time."""
    return "signingCredential.expired" in signature.codes
