"""text.generate: headlines that a language model writes, in a brand's words and no others' claims.

A declaration; the work is in `run.py`, how the model is asked in `prompt.py`, and which of its
lines are taken in `choose.py`.
"""

from importlib.util import find_spec

from berg.errors import RequestError
from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.call import Call, Given
from berg.schema.needs import Needs, Session
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.text.generate.models import CAPABILITY, knows, names, speaks
from berg.units import MIB
from berg.weights.catalogue import entry

LENGTHS = {"en": (12, 40), "zh": (4, 14)}
"""Fewest and most characters of a headline, unless told otherwise."""
MAX_COUNT = 100
"""Headlines of one step."""
PROMPT_TOKENS = 330
"""A prompt, about; with a body of three sentences."""
LINES = 12
"""Candidates that one attempt writes."""
KEPT = {"en": 0.17, "zh": 0.4}
"""Candidates foreseen to be kept, of those written, spares aside: of the small default model, and
of one that writes Chinese."""
GIGABYTE = 1_000_000_000


class Writing(Frozen):
    """Headlines that a language model writes."""

    count: int
    """Headlines to write per language."""
    model: str = "smollm2"
    """Catalogue name, or a GGUF beside the brief (then `file` has it)."""
    file: Asset | None = None


class WriteHeadlines(Call):
    """What is to be written about, and how."""

    language: str
    count: int
    """Headlines wanted, all different."""
    least: int
    """Fewest characters of one."""
    most: int
    """Most characters of one."""
    brand: str
    """The sender's name."""
    title: str
    """What it is about."""
    body: str = ""
    cta: str = ""
    facts: tuple[str, ...] = ()
    """More that may be said. A claim, number or name must stand in one of these texts."""
    tone: tuple[str, ...] = ()
    """Words for how the brand speaks: `warm`, `plain`."""
    examples: tuple[str, ...] = ()
    """Headlines in the brand's voice: shown to the model, and never given back."""
    model: str
    """Catalogue name, or the name of the file handed."""
    file: Given[Asset | None] = Given(None)
    """The user's own GGUF; else the catalogue's model is among the step's weights."""


class Headlines(Out):
    """What was written, and what it took."""

    texts: tuple[str, ...]
    """The headlines, as many as asked for, in the order in which they were found."""
    rejected: dict[str, int]
    """Candidates refused, by reason."""
    tokens: int
    """Tokens that the model wrote, of all attempts."""
    attempts: int
    """Times that the model was asked."""


def _predict(call: WriteHeadlines) -> Headlines:
    texts = tuple(placeholder(call, index) for index in range(call.count))
    attempts = _attempts(call)
    return Headlines(texts=texts, rejected={}, tokens=_written(call), attempts=attempts)


def placeholder(call: WriteHeadlines, index: int) -> str:
    """Stands for a headline in a plan: as long as one will be, and unlike all others."""
    length = (call.least + 2 * call.most) // 3
    filler = "标题文字" if call.language == "zh" else "A headline to be written "
    label = f"{index + 1} "
    return (label + filler * length)[:length].rstrip()


def _attempts(call: WriteHeadlines) -> int:
    kept = KEPT.get(call.language, KEPT["en"])
    return max(1, round(call.count / (kept * LINES)))


def _written(call: WriteHeadlines) -> int:
    return _attempts(call) * LINES * 11


def _work(call: WriteHeadlines) -> Work:
    """A token costs reading the model once, so one rate serves models of all sizes. Reading the
    prompt costs half as much a token as writing."""
    tokens = _written(call) + _attempts(call) * PROMPT_TOKENS / 2
    return Work(amount=tokens * _size(call, call.file) / GIGABYTE, unit="gigabyte_tokens")


def _needs(call: WriteHeadlines) -> Needs:
    file = call.file
    loaded = call.model if file is None else f"sha256:{file.sha256}"
    session = Session(
        runtime="berg.runtimes.llama:Llama",
        weights=(loaded,),
        memory_bytes=200 * MIB + _size(call, file),
    )
    return Needs(memory_bytes=60 * MIB, session=session)


def _size(call: WriteHeadlines, file: Asset | None) -> int:
    """Bytes of the model."""
    return entry(call.model).size if file is None else file.size


GENERATE = StepKind(
    capability=CAPABILITY,
    version=1,
    call=WriteHeadlines,
    out=Headlines,
    predict=_predict,
    work=_work,
    seconds_per_unit=0.17,
    overhead_s=0.5,
    tools=("xllamacpp",),
    weights=lambda call: () if call.file else (call.model,),
    needs=_needs,
    time_limit_s=900.0,
    origin="trained",
    called="headline",
    sense="seen",
)
"""A language model under a grammar."""


def write_headlines(
    writing: Writing,
    *,
    language: str,
    count: int,
    brand: str,
    title: str,
    body: str | None = None,
    cta: str | None = None,
    seed: int,
    facts: tuple[str, ...] = (),
    tone: tuple[str, ...] = (),
    examples: tuple[str, ...] = (),
    least: int | None = None,
    most: int | None = None,
) -> Step[Headlines]:
    """A step that has `count` headlines written, none of which says what the texts do not.

    `least` and `most` are characters, by default the language's `LENGTHS`.

    Raises:
        RequestError: no such model, it does not write the language, more than `MAX_COUNT`, or
            llama.cpp is not installed.
    """
    _check(writing, language=language, count=count)
    short, long = LENGTHS[language]
    least, most = short if least is None else least, long if most is None else most
    if not 1 <= least <= most:
        raise RequestError(f"headlines of {least} to {most} characters: none can be")
    own = {"file": writing.file} if writing.file else {}
    step = GENERATE(
        language=language,
        count=count,
        least=least,
        most=most,
        brand=brand,
        title=title,
        body=body or "",
        cta=cta or "",
        facts=facts,
        tone=tone,
        examples=examples,
        model=writing.model,
        **own,
    )
    return step.seeded(seed)


def _check(writing: Writing, *, language: str, count: int) -> None:
    if language not in LENGTHS:
        raise RequestError(f"headlines are written in {' and '.join(LENGTHS)}, not in {language}")
    if not 1 <= count <= MAX_COUNT:
        raise RequestError(f"{count} headlines: from 1 to {MAX_COUNT} can be written")
    if writing.file is None and not knows(writing.model):
        raise RequestError(
            f"no language model is called {writing.model!r}: there is {', '.join(names())}; or "
            "name a .gguf beside the brief"
        )
    if writing.file is None and not speaks(writing.model, language):
        raise RequestError(
            f"{writing.model} writes no {language}: list the {language} headlines in the brief, or "
            "set model: to a .gguf that writes it (docs/headlines.md says which)"
        )
    if find_spec("xllamacpp") is None:
        raise RequestError(
            "headlines by a language model need llama.cpp: `make llama` in a checkout, or "
            "pip install 'berg[llama]'; or list the headlines in the brief"
        )
