"""text.generate: headlines that a language model writes, in a brand's words and no others' claims.

A declaration; the work is in `generate_run.py`, what is refused in `claims.py`.
"""

from importlib.util import find_spec

from berg.errors import RequestError
from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.needs import Needs, Session
from berg.schema.step import Inputs, Out, Params, Step, StepKind, Work
from berg.steps.text.generate_models import CAPABILITY, knows, names, speaks
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
    """As many, a language."""
    model: str = "smollm2"
    """Catalogue name, or a GGUF beside the brief (then `file` has it)."""
    file: Asset | None = None


class GenerateParams(Params):
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


class GenerateInputs(Inputs):
    """What the step is handed."""

    file: Asset | None = None
    """The user's own GGUF; else the catalogue's model is among the step's weights."""


class Headlines(Out):
    """What was written, and what it took."""

    texts: tuple[str, ...]
    """As many as asked for; in the order in which they were found."""
    rejected: dict[str, int]
    """Candidates refused, by reason."""
    tokens: int
    """Tokens that the model wrote, of all attempts."""
    attempts: int
    """Times that the model was asked."""


def _predict(params: GenerateParams, inputs: GenerateInputs) -> Headlines:
    texts = tuple(placeholder(params, index) for index in range(params.count))
    attempts = _attempts(params)
    return Headlines(texts=texts, rejected={}, tokens=_written(params), attempts=attempts)


def placeholder(params: GenerateParams, index: int) -> str:
    """Stands for a headline in a plan: as long as one will be, and unlike all others."""
    length = (params.least + 2 * params.most) // 3
    filler = "标题文字" if params.language == "zh" else "A headline to be written "
    label = f"{index + 1} "
    return (label + filler * length)[:length].rstrip()


def _attempts(params: GenerateParams) -> int:
    kept = KEPT.get(params.language, KEPT["en"])
    return max(1, round(params.count / (kept * LINES)))


def _written(params: GenerateParams) -> int:
    return _attempts(params) * LINES * 11


def _work(params: GenerateParams, inputs: GenerateInputs) -> Work:
    """A token costs reading the model once, so one rate serves models of all sizes. Reading the
    prompt costs half as much a token as writing."""
    tokens = _written(params) + _attempts(params) * PROMPT_TOKENS / 2
    return Work(amount=tokens * _size(params, inputs.file) / GIGABYTE, unit="gigabyte_tokens")


def _needs(params: GenerateParams, inputs: GenerateInputs) -> Needs:
    file = inputs.file
    loaded = params.model if file is None else f"sha256:{file.sha256}"
    session = Session(
        runtime="berg.runtimes.llama:Llama",
        weights=(loaded,),
        memory_bytes=200 * MIB + _size(params, file),
    )
    return Needs(memory_bytes=60 * MIB, session=session)


def _size(params: GenerateParams, file: Asset | None) -> int:
    """Bytes of the model."""
    return entry(params.model).size if file is None else file.size


GENERATE: StepKind[GenerateParams, GenerateInputs, Headlines] = StepKind(
    capability=CAPABILITY,
    version=1,
    params=GenerateParams,
    inputs=GenerateInputs,
    out=Headlines,
    runner="berg.steps.text.run:generate",
    predict=_predict,
    work=_work,
    seconds_per_unit=0.17,
    overhead_s=0.5,
    tools=("xllamacpp",),
    time_limit_s=900.0,
    origin="trained",
    needs=_needs,
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
    params = GenerateParams(
        language=language,
        count=count,
        least=short if least is None else least,
        most=long if most is None else most,
        brand=brand,
        title=title,
        body=body or "",
        cta=cta or "",
        facts=facts,
        tone=tone,
        examples=examples,
        model=writing.model,
    )
    if not 1 <= params.least <= params.most:
        raise RequestError(f"headlines of {params.least} to {params.most} characters: none can be")
    return GENERATE.step(
        params=params,
        inputs={"file": writing.file} if writing.file else None,
        weights=() if writing.file else (writing.model,),
        seed=seed,
    )


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
