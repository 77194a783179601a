"""The work of text.generate: ask, judge, ask again with another seed, until there are enough."""

from collections.abc import Iterator
from math import ceil

from berg.errors import StepError
from berg.runtimes.llama.session import Completion, Llama
from berg.schema.context import Context
from berg.steps.text.generate.choose import ChosenHeadlines
from berg.steps.text.generate.declare import LINES, Headlines, WriteHeadlines
from berg.steps.text.generate.prompt import Question, question

SPARE = 1.5
"""Times as many are looked for as are asked for, so that the least likely can be left out."""
TOKENS = 16 * LINES
"""Most that one attempt writes."""
COOL, WARM, STEPS = 0.7, 1.0, 4
"""Temperatures of the first attempts and of later ones, and attempts from one to the other."""
SHOWN = 6
"""Headlines that an error shows."""


def generate(call: WriteHeadlines, ctx: Context) -> Headlines:
    """Have headlines written; the session is the resident `Llama`.

    Raises:
        StepError: the model wrote too few that may be used.
        WeightsError: the file handed is no GGUF that llama.cpp can read.
    """
    llama: Llama = ctx.session
    llama.use(ctx.path(call.file) if call.file else ctx.weights[call.model])
    chosen, tokens, attempt = ChosenHeadlines(call=call), 0, 0
    limit = attempts_allowed(call.count)
    while len(chosen.found) < wanted(call.count, attempt) and attempt < limit:
        asked = question(call, seed=ctx.seed, attempt=attempt)
        written = _ask(llama, asked, attempt)
        for text, likely in lines_of(written, asked):
            chosen.consider(text, likely=likely)
        tokens += len(written.pieces)
        attempt += 1
        ctx.progress(min(1.0, max(len(chosen.found) / call.count, attempt / limit)))
    if len(chosen.found) < call.count:
        raise _too_few(chosen, attempt)
    return Headlines(
        texts=chosen.best(call.count),
        rejected=dict(sorted(chosen.rejected.items())),
        tokens=tokens,
        attempts=attempt,
    )


def wanted(count: int, attempt: int) -> int:
    """How many are looked for: some to spare, unless it has taken long already."""
    return ceil(count * SPARE) if attempt < 2 + count // 2 else count


def attempts_allowed(count: int) -> int:
    """After how many attempts a model is given up."""
    return 12 + 2 * count


def _ask(llama: Llama, asked: Question, attempt: int) -> Completion:
    return llama.write(
        asked.prompt,
        grammar=asked.grammar,
        seed=asked.seed,
        temperature=COOL + (WARM - COOL) * min(attempt, STEPS) / STEPS,
        most=TOKENS,
        favour=asked.favour,
    )


def lines_of(written: Completion, asked: Question) -> Iterator[tuple[str, float]]:
    """Each whole line, and how likely it was a token, its given opening left out."""
    line, likely = b"", [0.0]
    openings = iter(asked.openings)
    opening = f"- {next(openings)}".encode()
    for piece, value in written.pieces:
        if len(line) >= len(opening):
            likely.append(value)
        line += piece
        if line.endswith(b"\n"):
            yield line.decode("utf-8", "replace").strip(), sum(likely) / max(1, len(likely) - 1)
            line, likely = b"", [0.0]
            opening = f"- {next(openings, '')}".encode()


def _too_few(chosen: ChosenHeadlines, attempts: int) -> StepError:
    call = chosen.call
    found = [*chosen.found]
    why = ", ".join(f"{count} {reason}" for reason, count in chosen.rejected.most_common(4))
    shown = " (" + " / ".join(found[:SHOWN]) + ")" if found else ""
    return StepError(
        f"{call.model} wrote {len(found)} of {call.count} headlines in {call.language} that "
        f"may be used{shown}, in {attempts} attempts; refused: {why or 'nothing'}. Ask for fewer, "
        "tell it more (body:), name a larger model (model: file.gguf), or list them in the brief"
    )
