"""Fills each film's photos/ with the pictures that its footage.yaml names.

They are pulled by digest (catalogue.toml); photos/SOURCES.md says whose they are.
Run: python examples/gallery/prepare.py [FILM]…
"""

import shutil
import sys
from pathlib import Path

import yaml

from berg.home import default_home
from berg.weights import Weights
from berg.weights.layers import layer_in

HERE = Path(__file__).parent


def main() -> None:
    """Pull and copy what is missing."""
    films = sys.argv[1:] or sorted(path.parent.name for path in HERE.glob("*/footage.yaml"))
    (layer,), _ = layer_in(HERE)
    weights, _ = Weights(default_home()).over(layer)
    credits = {entry.name: (entry.licence, entry.credit) for entry in layer.entries}
    for film in films:
        table = HERE / film / "footage.yaml"
        footage = yaml.safe_load(table.read_text("utf-8")) if table.exists() else {}
        weights.pull([f"gallery-{item['of']}" for item in footage.values()], print)
        _fill(HERE / film / "photos", footage, weights, credits)


def _fill(
    folder: Path,
    footage: dict[str, dict[str, str]],
    weights: Weights,
    credits: dict[str, tuple[str, str]],
) -> None:
    folder.mkdir(exist_ok=True)
    lines = ["| file | by | licence |", "|---|---|---|"]
    for name, item in footage.items():
        entry = f"gallery-{item['of']}"
        if not (folder / name).exists():
            aside = folder / f".{name}.new"
            shutil.copyfile(weights.path(entry), aside)
            aside.replace(folder / name)
        licence, credit = credits[entry]
        lines.append(f"| {name} | {credit} | {licence} |")
    words = {name: item["words"] for name, item in footage.items()}
    text = yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=1000)
    (folder / "captions.yaml").write_text(text, encoding="utf-8")
    (folder / "SOURCES.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
