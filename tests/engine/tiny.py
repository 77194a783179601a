"""Tiny real steps: arithmetic, bytes, and every way in which work can go wrong."""

import hashlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from berg.schema.asset import Asset, predicted_asset
from berg.schema.context import Context
from berg.schema.handle import Handle
from berg.schema.needs import Needs, Session
from berg.schema.step import Inputs, NoInputs, Out, Params, Step, StepKind, Work
from berg.units import MIB


class Sum(Out):
    value: int
    parity: int


class AddParams(Params):
    amount: int
    label: str = ""


class AddInputs(Inputs):
    terms: tuple[int, ...] = ()


def _add(params: AddParams, inputs: AddInputs) -> Sum:
    value = params.amount + sum(inputs.terms)
    return Sum(value=value, parity=value % 2)


def run_add(params: AddParams, inputs: AddInputs, ctx: Context) -> Sum:
    return _add(params, inputs)


ADD = StepKind(
    capability="tiny.add",
    version=1,
    params=AddParams,
    inputs=AddInputs,
    out=Sum,
    runner="tests.engine.tiny:run_add",
    predict=_add,
    work=lambda p, i: Work(amount=1, unit="sums"),
    seconds_per_unit=0.001,
    needs=Needs(memory_bytes=MIB),
)


def add(amount: int, *terms: Handle[Any], label: str = "") -> Step[Sum]:
    return ADD.step(params=AddParams(amount=amount, label=label), inputs={"terms": list(terms)})


class Blob(Out):
    data: Asset


class BlobParams(Params):
    text: str
    size: int = 0


class BlobInputs(Inputs):
    parts: tuple[Asset, ...] = ()


def _foresee_blob(params: BlobParams, inputs: BlobInputs) -> Blob:
    return Blob(data=predicted_asset("text/plain", size=len(params.text) + params.size))


def run_blob(params: BlobParams, inputs: BlobInputs, ctx: Context) -> Blob:
    parts = [ctx.path(part).read_bytes() for part in inputs.parts]
    data = b"".join(parts) + params.text.encode() + b"." * params.size
    target = ctx.scratch / "blob"
    target.write_bytes(data)
    return Blob(data=ctx.put(target, "text/plain"))


BLOB = StepKind(
    capability="tiny.blob",
    version=1,
    params=BlobParams,
    inputs=BlobInputs,
    out=Blob,
    runner="tests.engine.tiny:run_blob",
    predict=_foresee_blob,
    work=lambda p, i: Work(amount=p.size, unit="bytes"),
    seconds_per_unit=1e-9,
    needs=Needs(memory_bytes=MIB),
)


def blob(text: str, *parts: Handle[Any], size: int = 0) -> Step[Blob]:
    return BLOB.step(params=BlobParams(text=text, size=size), inputs={"parts": list(parts)})


class TroubleParams(Params):
    how: str
    flag: str = ""
    """A file: trouble happens only while it is missing, and makes it."""
    note: str = ""
    """A file by which a step that must be alone notices others."""


class TroubleInputs(Inputs):
    after: tuple[int, ...] = ()


def run_trouble(params: TroubleParams, inputs: TroubleInputs, ctx: Context) -> Sum:
    if params.flag:
        flag = Path(params.flag)
        if flag.exists():
            return Sum(value=1, parity=1)
        flag.touch()
    if params.how == "alone":
        _be_alone(Path(params.note))
    else:
        _TROUBLES[params.how](ctx)
    return Sum(value=0, parity=0)


def _raise(ctx: Context) -> None:
    raise ValueError("the work can't be done")


def _slow(ctx: Context) -> None:
    for share in range(100):
        ctx.progress(share / 100)
        time.sleep(0.05)


def _busy(ctx: Context) -> None:
    for share in range(5):
        ctx.progress(share / 5)
        time.sleep(0.12)


def _be_alone(note: Path) -> None:
    note.touch(exist_ok=False)
    time.sleep(0.2)
    note.unlink()


def _die_amid_a_reply(ctx: Context) -> None:
    """Something that looks like the beginning of a reply, on the way that replies take."""
    for fd in range(3, 20):
        try:
            target = os.readlink(f"/proc/self/fd/{fd}")
        except OSError:
            continue
        if target.startswith("pipe:"):
            os.write(fd, b'{"id": "half')
    os.kill(os.getpid(), signal.SIGKILL)


_TROUBLES = {
    "busy": _busy,
    "half a reply": _die_amid_a_reply,
    "raise": _raise,
    "crash": lambda ctx: os.kill(os.getpid(), signal.SIGSEGV),
    "kill": lambda ctx: os.kill(os.getpid(), signal.SIGKILL),
    "hang": lambda ctx: time.sleep(600),
    "memory": lambda ctx: bytearray(1 << 62),
    "slow": _slow,
}

TROUBLE = StepKind(
    capability="tiny.trouble",
    version=1,
    params=TroubleParams,
    inputs=TroubleInputs,
    out=Sum,
    runner="tests.engine.tiny:run_trouble",
    predict=lambda p, i: Sum(value=0, parity=0),
    work=lambda p, i: Work(amount=0, unit="troubles"),
    seconds_per_unit=0.0,
    overhead_s=0.1,
    needs=Needs(memory_bytes=MIB),
    time_limit_s=1.5,
)


def trouble(how: str, *after: Handle[Any], flag: Path | None = None) -> Step[Sum]:
    params = TroubleParams(how=how, flag=str(flag) if flag else "")
    return TROUBLE.step(params=params, inputs={"after": list(after)})


class WhisperParams(Params):
    secret: str
    """Its id."""
    told: str = ""
    """A file that is made once the secret is known."""
    go_on: str = ""
    """A file that is waited for then."""


def run_whisper(params: WhisperParams, inputs: NoInputs, ctx: Context) -> Sum:
    """The length of its secret, and the last bit of its digest."""
    secret = ctx.secrets[params.secret]
    if params.told:
        Path(params.told).touch()
        while not Path(params.go_on).exists():
            time.sleep(0.01)
    return Sum(value=len(secret), parity=hashlib.sha256(secret).digest()[-1] % 2)


WHISPER = StepKind(
    capability="tiny.whisper",
    version=1,
    params=WhisperParams,
    inputs=NoInputs,
    out=Sum,
    runner="tests.engine.tiny:run_whisper",
    predict=lambda p, i: Sum(value=0, parity=0),
    work=lambda p, i: Work(amount=1, unit="whispers"),
    seconds_per_unit=0.01,
    needs=Needs(memory_bytes=MIB),
)


def whisper(secret: str, *, told: Path, go_on: Path) -> Step[Sum]:
    params = WhisperParams(secret=secret, told=str(told), go_on=str(go_on))
    return WHISPER.step(params=params, secrets=(secret,))


class Desk:
    """A session that counts how often one was opened, in a file beside its weights."""

    def __init__(self) -> None:
        self.uses = 0

    @classmethod
    def open(cls, weights: Any, *, model: str = "") -> "Desk":
        return cls()

    def close(self) -> None:
        pass


def run_desk(params: AddParams, inputs: AddInputs, ctx: Context) -> Sum:
    ctx.session.uses += 1
    time.sleep(0.05)
    return Sum(value=ctx.session.uses, parity=os.getpid())


DESK = StepKind(
    capability="tiny.desk",
    version=1,
    params=AddParams,
    inputs=AddInputs,
    out=Sum,
    runner="tests.engine.tiny:run_desk",
    predict=_add,
    work=lambda p, i: Work(amount=1, unit="uses"),
    seconds_per_unit=0.05,
    needs=Needs(
        memory_bytes=MIB, session=Session(runtime="tests.engine.tiny:Desk", memory_bytes=MIB)
    ),
)


def use_desk(amount: int) -> Step[Sum]:
    return DESK.step(params=AddParams(amount=amount))
