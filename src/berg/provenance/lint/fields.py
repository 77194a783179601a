"""China's clauses on what a label says: its text, its fields, their characters and codes.

Each function takes a studied text and gives one clause. Numbers of Annex E are those that
implementations quote: a) the name, b) the text, c) to i) the fields, j) the characters.
"""

from berg.carriers.aigc.study import FIELDS, Study
from berg.provenance.lint.clause import CODES, GB, GUIDES, Clause, Outcome
from berg.provenance.lint.producer import LENGTH, bound_by_credit_code, code_faults, looks_like_code

_LONGEST = {"ProduceID": 32, "PropagateID": 32, "ReservedCode1": 40, "ReservedCode2": 40}
"""Characters, as one implementation quotes limits; platforms write longer ones."""


def plain_json(found: Study) -> Clause:
    """The label is the text of a JSON object, once."""
    said = ("met", "The label is plain JSON.")
    if not found.fields and not found.json:
        said = ("broken", "The text is no JSON object; write the seven fields as JSON.")
    elif found.escaped:
        said = ("broken", "The JSON is escaped or quoted once too often; write it as it is.")
    elif not found.json:
        said = ("broken", "The text is not JSON, though its fields can be made out.")
    elif found.nested:
        said = (
            "not known",
            'The fields lie in {"AIGC": …}. Annex E is quoted in that form; the practice guides '
            "put the seven fields alone under the name AIGC. Readers of one form may miss the "
            "other.",
        )
    return _clause("cn.json", f"{GB}, Annex E b)", "plain JSON", said)


def seven_fields(found: Study) -> Clause:
    """All seven are there, as strings, once, and nothing else."""
    wrong = [
        (found.missing, "missing"),
        (found.unknown, "unknown to the standard"),
        (found.not_text, "not strings"),
        (found.twice, "there twice"),
    ]
    faults = [f"{', '.join(names)} {what}" for names, what in wrong if names]
    said = ("met", "All seven fields are there, as strings.")
    if faults:
        said = ("broken", f"Fields: {'; '.join(faults)}.")
    return _clause("cn.fields", f"{GB}, Annex E c) to i)", "seven fields, strings", said)


def label_value(found: Study) -> Clause:
    """Label is 1, 2 or 3."""
    value = found.fields.get("Label", "")
    means = {"1": "is", "2": "may be", "3": "is suspected to be"}.get(value)
    said = ("broken", f"Label is {value[:32]!r}; it may be 1, 2 or 3.")
    if means:
        said = ("met", f"Label {value}: the content {means} generated.")
    return _clause("cn.label", f"{GB}, Annex E c)", "Label is 1, 2 or 3", said)


def characters(found: Study) -> Clause:
    """Values use 0x21, 0x23 to 0x5B, 0x5D to 0x7E."""
    wrong = {}
    for name in FIELDS:
        bad = sorted({c for c in found.fields.get(name, "") if not _allowed(c)})
        if bad:
            wrong[name] = ", ".join(f"U+{ord(c):04X}" for c in bad[:5])
    said = ("met", "All values are printable ASCII without space, quote and backslash.")
    if wrong:
        listed = "; ".join(f"{name} has {chars}" for name, chars in wrong.items())
        said = ("broken", f"Only 0x21, 0x23–0x5B and 0x5D–0x7E are allowed: {listed}.")
    return _clause("cn.characters", f"{GB}, Annex E j)", "printable ASCII", said)


def producer(found: Study) -> Clause:
    """Who generated it is named; a code holds."""
    value = found.fields.get("ContentProducer", "")
    said = _provider(value, "ContentProducer")
    if not value:
        said = ("broken", "ContentProducer is empty; it takes the provider's name or code.")
    return _clause("cn.producer", f"{GB}, Annex E d); {CODES}", "the producer is named", said)


def propagator(found: Study) -> Clause:
    """Who passes it on is named: at first the producer, later somebody else."""
    made = (found.fields.get("ContentProducer", ""), found.fields.get("ProduceID", ""))
    passed = (found.fields.get("ContentPropagator", ""), found.fields.get("PropagateID", ""))
    if passed == made:
        said: tuple[Outcome, str] = ("met", "As first written: who passes it on is who made it.")
    elif all(passed):
        said = _provider(passed[0], "ContentPropagator")
    else:
        said = (
            "broken",
            "ContentPropagator or PropagateID is empty; at first writing they repeat "
            "ContentProducer and ProduceID, and who passes it on replaces them.",
        )
    source = f"{GB}, Annex E g), h), note 1; {CODES}"
    return _clause("cn.propagator", source, "who passes it on is named", said)


def produce_id(found: Study) -> Clause:
    """The content has a number."""
    value = found.fields.get("ProduceID", "")
    said = ("met", f"ProduceID {value[:64]}.") if value else ("broken", "ProduceID is empty.")
    return _clause("cn.produce_id", f"{GB}, Annex E e)", "the content has a number", said)


def lengths(found: Study) -> Clause:
    """Numbers and reserved fields are short."""
    long = [n for n, most in _LONGEST.items() if len(found.fields.get(n, "")) > most]
    said = ("met", "No field is longer than the limits that are quoted.")
    if long:
        listed = ", ".join(f"{name} has {len(found.fields[name])}" for name in long)
        said = (
            "not known",
            f"{listed} characters; 32 for numbers and 40 for reserved fields are quoted as "
            "limits, and large platforms write more.",
        )
    return _clause("cn.lengths", f"{GB}, Annex E; {GUIDES}", "short values", said)


CHECKS = (
    plain_json,
    seven_fields,
    label_value,
    producer,
    produce_id,
    propagator,
    characters,
    lengths,
)


def _provider(value: str, name: str) -> tuple[Outcome, str]:
    if not looks_like_code(value):
        return "met", f"{name} is a name: {value[:64]}. A code of {LENGTH} characters may be used."
    faults = code_faults(value)
    if faults:
        return "broken", f"{name} {value[:64]} is no sound code: {'; '.join(faults)}."
    if not bound_by_credit_code(value):
        return "met", f"{name} {value} has the form of a code; whom it names is not checked."
    return "met", f"{name} {value}: the code's form and its credit code's check character hold."


def _allowed(letter: str) -> bool:
    return "\x21" <= letter <= "\x7e" and letter not in '"\\'


def _clause(number: str, source: str, asks: str, said: tuple[str, str]) -> Clause:
    return Clause.model_validate(
        {"id": number, "source": source, "asks": asks, "outcome": said[0], "says": said[1]}
    )
