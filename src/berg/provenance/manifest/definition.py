"""A claim in C2PA's words: the manifest's definition, as the library takes it.

C2PA 2.2: 18.15 (actions, version 2), 18.10 (soft bindings); own assertions under a domain of our
own (6.2.1). Every assertion is `created`: the signer answers for it.
"""

from typing import Any

from berg import __version__
from berg.provenance.manifest.claim import Lineage, ManifestClaim, SourceUsed

PRODUCTION = "org.berg.production"
"""Label of our own assertion: everything that C2PA has no words for."""
SOFT_BINDING = "c2pa.soft-binding"
MARK_ALGORITHM = "org.berg.mark.1"
"""Name of the watermark; not in C2PA's list of algorithms, so under a domain of our own."""
PRODUCTION_VERSION = 2
"""Of what stands in our own assertion. 1 named up to 512 steps, whatever they did, and its
lineage's digest was over all of their lines."""
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def definition_of(claim: ManifestClaim, *, opened: str | None) -> dict[str, Any]:
    """The manifest of `claim`; `opened` is the parent ingredient's label, if there is one."""
    assertions = [_assertion("c2pa.actions.v2", {"actions": _actions(claim, opened)})]
    if claim.marks:
        assertions.append(_assertion(SOFT_BINDING, _soft_binding(claim)))
    assertions.append(_assertion(PRODUCTION, production_of(claim)))
    return {
        "claim_version": 2,
        "claim_generator_info": [{"name": "berg", "version": __version__}],
        "title": claim.title,
        "format": claim.media_type,
        "assertions": assertions,
    }


def source_type_uri(term: str) -> str:
    """The IPTC's address of a digital source type."""
    return _IPTC + term


def ingredient_label(place: int) -> str:
    """How the actions refer to the claim's source number `place`."""
    return f"source-{place + 1}"


def ingredient_of(source: SourceUsed, place: int) -> dict[str, Any]:
    """The ingredient of a source, without what its own bytes say."""
    return {
        "title": source.title,
        "format": source.media_type,
        "relationship": "parentOf" if source.role == "parent" else "componentOf",
        "label": ingredient_label(place),
        "instance_id": f"sha256:{source.sha256}",
    }


def _assertion(label: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"label": label, "data": data, "created": True}


def _actions(claim: ManifestClaim, opened: str | None) -> list[dict[str, Any]]:
    kind = source_type_uri(claim.source_type)
    actions: list[dict[str, Any]] = [{"action": "c2pa.created", "digitalSourceType": kind}]
    if opened:
        actions = [
            {"action": "c2pa.opened", "parameters": {"ingredientIds": [opened]}},
            {"action": "c2pa.edited", "digitalSourceType": kind},
        ]
    for place, source in enumerate(claim.sources):
        if source.role == "component":
            actions.append(_placed(source, ingredient_label(place)))
    if claim.marks:
        actions.append({"action": "c2pa.watermarked.bound"})
    return actions


def _placed(source: SourceUsed, label: str) -> dict[str, Any]:
    return {
        "action": "c2pa.placed",
        "digitalSourceType": source_type_uri(source.kind),
        "parameters": {"ingredientIds": [label], "org.berg.usedAs": source.used_as},
    }


def _soft_binding(claim: ManifestClaim) -> dict[str, Any]:
    blocks = [{"scope": {}, "value": identifier} for identifier in claim.marks]
    return {"alg": MARK_ALGORITHM, "blocks": blocks, "name": "berg watermark", "pad": ""}


def production_of(claim: ManifestClaim) -> dict[str, Any]:
    """Our own assertion's data. What is empty is left out, but never the label's statement."""
    whole = {
        "version": PRODUCTION_VERSION,
        "label": _label(claim),
        "language": claim.language,
        "generated": list(claim.generated),
        "parts": [_part(part.what, part.source_type, part.model) for part in claim.parts],
        "models": [model.model_dump() for model in claim.models],
        "sources": [_source(source) for source in claim.sources],
        "lineage": _lineage(claim.lineage) if claim.lineage else None,
        "receiptSha256": claim.receipt_sha256,
        "produceId": claim.produce_id,
        "watermark": _watermark(claim) if claim.marks else None,
        "disclosed": claim.disclosed,
        "sha256": claim.digests,
    }
    return {name: value for name, value in whole.items() if value not in (None, [], {})}


def _label(claim: ManifestClaim) -> dict[str, Any]:
    if claim.label_text:
        return {"profile": claim.profile, "text": claim.label_text}
    if claim.profile == "none":
        return {"profile": "none", "statement": "no visible or audible label was asked for"}
    return {"profile": claim.profile, "statement": "this file carries no visible or audible label"}


def _part(what: str, kind: str, model: str | None) -> dict[str, Any]:
    part = {"what": what, "digitalSourceType": source_type_uri(kind)}
    return {**part, "model": model} if model else part


def _source(source: SourceUsed) -> dict[str, Any]:
    told = {
        "title": source.title,
        "sha256": source.sha256,
        "digitalSourceType": source_type_uri(source.kind),
        "usedAs": source.used_as,
    }
    return {**told, "aigc": source.aigc} if source.aigc else told


def _lineage(lineage: Lineage) -> dict[str, Any]:
    """Each step that is named as `name capability/version key`."""
    return {
        "sha256": lineage.sha256,
        "count": lineage.steps,
        "made": lineage.made,
        "steps": [
            f"{step.name} {step.capability}/{step.version} {step.key}" for step in lineage.named
        ],
    }


def _watermark(claim: ManifestClaim) -> dict[str, Any]:
    return {"alg": MARK_ALGORITHM, "key": claim.mark_key, "identifiers": list(claim.marks)}
