"""Tiny real steps: arithmetic, bytes, and every way in which work can go wrong."""

import hashlib
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Each
from berg.schema.context import Context
from berg.schema.handle import Handle
from berg.schema.needs import Needs, Session
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB
from tests.patience import PATIENCE_S


class Sum(Out):
    value: int
    parity: int


class Add(Call):
    amount: int
    label: str = ""
    terms: Each[int] = Each(())


def _add(call: Add) -> Sum:
    value = call.amount + sum(call.terms)
    return Sum(value=value, parity=value % 2)


def run_add(call: Add, ctx: Context) -> Sum:
    return _add(call)


ADD = StepKind(
    capability="tiny.add",
    version=1,
    call=Add,
    out=Sum,
    runner="tests.engine.tiny:run_add",
    predict=_add,
    work=lambda call: Work(amount=1, unit="sums"),
    seconds_per_unit=0.001,
    needs=Needs(memory_bytes=MIB),
)


def add(amount: int, *terms: Handle[Any], label: str = "") -> Step[Sum]:
    return ADD(amount=amount, label=label, terms=terms)


class Blob(Out):
    data: Asset


class Join(Call):
    text: str
    size: int = 0
    parts: Each[Asset] = Each(())


def _foresee_blob(call: Join) -> Blob:
    return Blob(data=predicted_asset("text/plain", size=len(call.text) + call.size))


def run_blob(call: Join, ctx: Context) -> Blob:
    parts = [ctx.path(part).read_bytes() for part in call.parts]
    data = b"".join(parts) + call.text.encode() + b"." * call.size
    target = ctx.scratch / "blob"
    target.write_bytes(data)
    return Blob(data=ctx.put(target, "text/plain"))


BLOB = StepKind(
    capability="tiny.blob",
    version=1,
    call=Join,
    out=Blob,
    runner="tests.engine.tiny:run_blob",
    predict=_foresee_blob,
    work=lambda call: Work(amount=call.size, unit="bytes"),
    seconds_per_unit=1e-9,
    needs=Needs(memory_bytes=MIB),
)


def blob(text: str, *parts: Handle[Any], size: int = 0) -> Step[Blob]:
    return BLOB(text=text, size=size, parts=parts)


class GetInto(Call):
    how: str
    flag: str = ""
    """A file: trouble happens only while it is missing, and makes it."""
    note: str = ""
    """A file by which a step that must be alone notices others."""
    after: Each[int] = Each(())


def run_trouble(call: GetInto, ctx: Context) -> Sum:
    if call.flag:
        flag = Path(call.flag)
        if flag.exists():
            return Sum(value=1, parity=1)
        flag.touch()
    if call.how == "alone":
        _be_alone(Path(call.note))
    else:
        _TROUBLES[call.how](ctx)
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
    call=GetInto,
    out=Sum,
    runner="tests.engine.tiny:run_trouble",
    predict=lambda call: Sum(value=0, parity=0),
    work=lambda call: Work(amount=0, unit="troubles"),
    seconds_per_unit=0.0,
    overhead_s=0.1,
    needs=Needs(memory_bytes=MIB),
    time_limit_s=1.5,
)


def kind_of(how: str) -> StepKind[..., GetInto, Sum]:
    """Only what hangs is soon taken for hung: on a busy machine all else may be slow."""
    return TROUBLE if how == "hang" else replace(TROUBLE, time_limit_s=PATIENCE_S)


def trouble(how: str, *after: Handle[Any], flag: Path | None = None) -> Step[Sum]:
    return kind_of(how)(how=how, flag=str(flag) if flag else "", after=after)


class Whisper(Call):
    secret: str
    """Its id."""
    ready: str = ""
    """A file that is made once the secret is known."""
    go_on: str = ""
    """A file that is waited for then."""


def run_whisper(call: Whisper, ctx: Context) -> Sum:
    """The length of its secret, and the last bit of its digest."""
    secret = ctx.secrets[call.secret]
    if call.ready:
        Path(call.ready).touch()
        while not Path(call.go_on).exists():
            time.sleep(0.01)
    return Sum(value=len(secret), parity=hashlib.sha256(secret).digest()[-1] % 2)


WHISPER = StepKind(
    capability="tiny.whisper",
    version=1,
    call=Whisper,
    out=Sum,
    runner="tests.engine.tiny:run_whisper",
    predict=lambda call: Sum(value=0, parity=0),
    work=lambda call: Work(amount=1, unit="whispers"),
    seconds_per_unit=0.01,
    secrets=lambda call: (call.secret,),
    needs=Needs(memory_bytes=MIB),
)


def whisper(secret: str, *, told: Path, go_on: Path) -> Step[Sum]:
    return WHISPER(secret=secret, ready=str(told), go_on=str(go_on))


class Desk:
    """A session that counts how often one was opened, in a file beside its weights."""

    def __init__(self) -> None:
        self.uses = 0

    @classmethod
    def open(cls, weights: Any, *, model: str = "") -> "Desk":
        return cls()

    def close(self) -> None:
        pass


def run_desk(call: Add, ctx: Context) -> Sum:
    ctx.session.uses += 1
    time.sleep(0.05)
    return Sum(value=ctx.session.uses, parity=os.getpid())


DESK = StepKind(
    capability="tiny.desk",
    version=1,
    call=Add,
    out=Sum,
    runner="tests.engine.tiny:run_desk",
    predict=_add,
    work=lambda call: Work(amount=1, unit="uses"),
    seconds_per_unit=0.05,
    needs=Needs(
        memory_bytes=MIB, session=Session(runtime="tests.engine.tiny:Desk", memory_bytes=MIB)
    ),
)


def use_desk(amount: int) -> Step[Sum]:
    return DESK(amount=amount)
