"""What becomes of the labels that inputs carry. A pure rule; it knows no files.

GB 45438-2025, Annex E, as implementations quote it: a file carries one implicit label; who
generates fills Label, ContentProducer, ProduceID and ReservedCode1; who passes on leaves those
as they are and fills ContentPropagator, PropagateID and ReservedCode2. (Measures for Labeling
AI-Generated Synthetic Content, Art. 5 and 6, and Art. 10: nobody may remove a label.)
"""

from collections.abc import Sequence

from berg.carriers.aigc.label import AigcLabel

_WEIGHT = {"1": 0, "2": 1, "3": 2}


def propagate(inputs: Sequence[AigcLabel], ours: AigcLabel | None) -> AigcLabel | None:
    """The one label of a deliverable made of `inputs`, which were found labelled as given.

    `ours` says who we are: with Label `1` when a model of ours generated any of it. To pass on
    without generating, give `ours` with Label `2` or `3`, or None when nobody is configured.

    - We generated: `ours`, Label `1`. At first writing, who passes it on is who made it (Annex E,
      note 1): empty ContentPropagator and PropagateID repeat ContentProducer and ProduceID. The
      inputs' ProduceIDs have no field in it; the caller puts them into the manifest, so that they
      are not lost (`produce_ids`).
    - We generated nothing, and an input is labelled: its label is kept (Label, ContentProducer,
      ProduceID, ReservedCode1), and ContentPropagator, PropagateID and ReservedCode2 are ours.
      Of several inputs the surest counts: `1` before `2` before `3`, then the first.
    - Neither: None. A file that nobody generated needs no label.
    """
    if ours is not None and ours.label == "1":
        return _first_written(ours)
    if not inputs:
        return None
    kept = min(inputs, key=lambda label: _WEIGHT[label.label])
    if ours is None:
        return kept
    return kept.model_copy(
        update={
            "content_propagator": ours.content_propagator or ours.content_producer,
            "propagate_id": ours.propagate_id or ours.produce_id,
            "reserved_code2": ours.reserved_code2,
        }
    )


def _first_written(ours: AigcLabel) -> AigcLabel:
    return ours.model_copy(
        update={
            "content_propagator": ours.content_propagator or ours.content_producer,
            "propagate_id": ours.propagate_id or ours.produce_id,
        }
    )


def produce_ids(inputs: Sequence[AigcLabel]) -> tuple[str, ...]:
    """The ProduceIDs of labelled inputs, each once, in order: what a manifest keeps."""
    return tuple(dict.fromkeys(label.produce_id for label in inputs if label.produce_id))
