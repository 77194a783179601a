"""The EU's clause on files: marked in a machine-readable way (AI Act, Art. 50(2)).

Says which layers mark the file. Whether they are "effective, interoperable, robust and reliable as
far as this is technically feasible" no linter can say.
"""

from collections.abc import Mapping

from berg.carriers.aigc import Scan
from berg.provenance.lint.clause import EU, Clause, Outcome

LAYERS = {"c2pa": "signed C2PA credentials", "watermark": "a watermark", "log": "a log entry"}


def marked(scan: Scan, layers: Mapping[str, bool]) -> Clause:
    """Some layer marks the file as generated. `layers` says which of `LAYERS` were looked for."""
    found = ["AIGC metadata"] if any(label.label for label in scan.labels) else []
    found += [name for key, name in LAYERS.items() if layers.get(key)]
    unseen = [name for key, name in LAYERS.items() if key not in layers]
    more = f" Not looked for here: {', '.join(unseen)}; `berg verify` does." if unseen else ""
    if found:
        said: tuple[Outcome, str] = ("met", f"The file is marked by {', '.join(found)}.{more}")
    elif unseen:
        said = ("not known", f"No AIGC metadata.{more}")
    else:
        said = ("not known", "No layer marks the file; that is asked only of what is generated.")
    return _clause("eu.marked", "marked in a machine-readable way", said)


def layered(scan: Scan, layers: Mapping[str, bool]) -> Clause:
    """More than metadata that anybody can take off."""
    strong = [name for key, name in LAYERS.items() if layers.get(key)]
    unseen = [name for key, name in LAYERS.items() if key not in layers]
    if {"c2pa", "watermark"} <= {key for key in LAYERS if layers.get(key)}:
        said: tuple[Outcome, str] = ("met", f"Beside metadata there is {', '.join(strong)}.")
    elif unseen:
        said = ("not known", "Signed metadata and a watermark are not looked for here.")
    else:
        lacking = [LAYERS[key] for key in ("c2pa", "watermark") if not layers.get(key)]
        said = (
            "not known",
            f"There is no {' and no '.join(lacking)}. The Code of Practice asks for both; the "
            "article itself names neither.",
        )
    return _clause("eu.layers", "signed metadata and a watermark", said)


def _clause(number: str, asks: str, said: tuple[Outcome, str]) -> Clause:
    return Clause(id=number, source=EU, asks=asks, outcome=said[0], says=said[1])
