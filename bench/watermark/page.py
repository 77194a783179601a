"""docs/watermark.md, written anew from whatever trials there are."""

import datetime
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.watermark import film_attacks, picture_attacks, sound_attacks
from bench.watermark import words as said
from bench.watermark.material import DEBIAN, MUSIC, PHOTOGRAPHS, WHEELS
from bench.watermark.rows import Row, Rows
from bench.watermark.tables import cells, quartiles, share, spread, summary, table

PAGE = Path("docs/watermark.md")
GRIDS = 49
"""Grids that the picture detector reads at most: the unscaled one, and 6 in 8 ways each."""


def write(folder: Path, *, quick: bool) -> None:
    """Write the page; of a quick run, print it."""
    text = page({name: Rows(name, folder).all for name in MEDIA})
    if quick:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
        print(f"{PAGE} is written")


MEDIA = ("pictures", "posters", "films", "sounds", "alarms")


def page(rows: dict[str, list[Row]]) -> str:
    """The whole page."""
    of = {
        "pictures": cells(picture_attacks.ATTACKS, rows["pictures"]),
        "posters": cells(picture_attacks.ATTACKS, rows["posters"], bars=False),
        "films": cells(film_attacks.ATTACKS, rows["films"]),
        "sounds": cells(sound_attacks.ATTACKS, rows["sounds"]),
    }
    words = {"pictures": "Pictures", "films": "Films", "sounds": "Sound"}
    lines = [summary(words[name], of[name]) for name in words]
    lines += [_seen(rows), _alarm_line(rows["alarms"])]
    return "\n\n".join(
        [
            said.HEAD.format(date=datetime.date.today().isoformat(), machine=platform.machine()),
            "\n".join(lines),
            said.HOW,
            f"## Pictures\n\n{said.PICTURES}\n\n{_picture_cost(rows['pictures'])}\n\n"
            f"{table(of['pictures'])}",
            f"## Flat posters\n\n{said.POSTERS}\n\n{_picture_cost(rows['posters'])}\n\n"
            f"{table(of['posters'], bars=False)}",
            f"## Films\n\n{said.FILMS}\n\n{_film_cost(rows['films'])}\n\n{table(of['films'])}\n\n"
            f"{_films_otherwise(rows['films'])}",
            f"## Sound\n\n{said.SOUNDS}\n\n{_sound_cost(rows['sounds'])}\n\n{table(of['sounds'])}",
            f"## False alarms\n\n{_alarms(rows['alarms'])}",
            said.LOOKED,
            _material(),
        ]
    ) + "\n"  # fmt: skip


def _marks(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["attack"] == "mark"]


def _seen(rows: dict[str, list[Row]]) -> str:
    """How much the marks change."""
    pictures = [row["psnr"] for row in _marks(rows["pictures"])]
    films = [p for row in _marks(rows["films"]) for p in row["psnr"]]
    parts = []
    for name, values in (("pictures", pictures), ("films", films)):
        if values:
            word = "met" if median(values) >= 40 else "**missed**"
            parts.append(f"{name} {median(values):.1f} dB ({word})")
    wrong = sum(int(r.get("wrong", 0)) for n in MEDIA[:4] for r in rows[n])
    return (
        f"- Median PSNR, bar 40 dB: {', '.join(parts) or 'not measured'}. "
        f"Wrong identifiers in all trials together: {wrong}."
    )


def _picture_cost(rows: Sequence[Row]) -> str:
    marks = _marks(rows)
    sized = [row["mark_s"] * 1000 for row in marks if row["size"] == [1080, 1350]]
    return "\n".join([
        "| marked | PSNR, dB | SSIM of luma | largest change | marking 1080×1350, ms |",
        "|---|---|---|---|---|",
        f"| {len(marks)} | {quartiles([row['psnr'] for row in marks])} "
        f"| {quartiles([row['ssim'] for row in marks], 4)} "
        f"| {max((row['most'] for row in marks), default='–')} | {quartiles(sized)}; bar 60 |",
    ])  # fmt: skip


def _film_cost(rows: Sequence[Row]) -> str:
    lines = [
        "| film | PSNR of luma, dB | SSIM of luma | marking, ms per frame | marking over encoding "
        "| over painting and encoding | bytes of its first shot, marked over unmarked |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in _marks(rows):
        lines.append(
            f"| {row['what']} | {quartiles(row['psnr'])} | {quartiles(row['ssim'], 4)} "
            f"| {1000 * row['mark_s'] / row['frames']:.1f} "
            f"| {row['mark_s'] / row['encode_s']:.0%} "
            f"| {row['mark_s'] / (row['encode_s'] + row['paint_s']):.0%} "
            f"| {row['bytes_over_plain']:.2f} |"
        )
    return "\n".join(lines)


def _films_otherwise(rows: Sequence[Row]) -> str:
    """The looser and the stricter counts, and windows searched as files."""
    lines = [
        "| attack | any identifier of the window | every shot seen for 1 s or more "
        "| searched as a file: longest shot's | seconds for a file of 5 s |",
        "|---|---|---|---|---|",
    ]
    for attack in film_attacks.ATTACKS:
        of = [row for row in rows if row["attack"] == attack.name]
        files = [row for row in rows if row["attack"] == f"{attack.name} file"]
        if of:
            shots = sum(row["shots"] for row in of)
            found = sum(row["shots_found"] for row in of)
            hits = f"{sum(row['right'] for row in files)} / {len(files)}"
            lines.append(
                f"| {attack.words} | {sum(row['any'] for row in of)} / {len(of)} "
                f"| {found} / {shots} | {hits} | {spread([row['find_s'] for row in files])} |"
            )
    return "\n".join(lines)


def _sound_cost(rows: Sequence[Row]) -> str:
    lines = [
        "| clip | SNR, dB | marking, s for each second of sound | samples out as in |",
        "|---|---|---|---|",
    ]
    by: dict[str, list[Row]] = {}
    for row in _marks(rows):
        by.setdefault(row["what"], []).append(row)
    for what, marks in by.items():
        took = median(row["mark_s"] / row["seconds"] for row in marks)
        same = "yes" if all(row["same_length"] for row in marks) else "**no**"
        lines.append(
            f"| {what} | {quartiles([row['snr'] for row in marks])} | {took:.4f} | {same} |"
        )
    return "\n".join(lines)


def _alarm_line(rows: Sequence[Row]) -> str:
    trials, found = sum(row["trials"] for row in rows), sum(row["found"] for row in rows)
    return f"- **False alarms**: {found} in {trials:,} trials of material × key."


def _alarms(rows: Sequence[Row]) -> str:
    lines = [
        "| what was asked | trials | identifiers reported | at most, 95 % (rule of three) |",
        "|---|---|---|---|",
    ]
    words = {
        "unscaled": "pictures × keys, the unscaled grid",
        "full": "pictures × keys, the whole detector",
        "sound": "40 s of sound × keys",
    }
    for kind, asked in words.items():
        of = [row for row in rows if row["attack"] == kind]
        trials, found = sum(row["trials"] for row in of), sum(row["found"] for row in of)
        most = "–" if not trials else f"{3 / trials:.1e}" if not found else share(found, trials)
        lines.append(f"| {asked} | {trials:,} | {found} | {most} |")
    return said.ALARMS.format(table="\n".join(lines), implied=_implied(rows))


def _implied(rows: Sequence[Row]) -> str:
    of = [row for row in rows if row["attack"] == "unscaled"]
    trials = sum(row["trials"] for row in of)
    if not trials:
        return "Not measured yet."
    passed = sum(row["decoded"] for row in of)
    rate = max(passed, 3) / trials
    return said.IMPLIED.format(
        trials=trials, passed=passed, rate=rate, highest=max(row["highest"] for row in of),
        one=rate * 2**-24, all=rate * GRIDS * 2**-24, worst=GRIDS * 2**-24, grids=GRIDS,
    )  # fmt: skip


def _material() -> str:
    lines = [f"- {made.name}: {made.by}, {made.licence}" for made in (*PHOTOGRAPHS, *MUSIC)]
    packages = ", ".join(f"`{name}`" for name in (*WHEELS, *DEBIAN))
    return said.MATERIAL.format(packages=packages, lines="\n".join(lines))


if __name__ == "__main__":
    write(Path("build/watermark"), quick=False)
