"""The checking process's desk: a question in, an answer out. Its start is `child.py`."""

import os
from pathlib import Path
from typing import IO

from berg.errors import BergError
from berg.provenance.verify.look import look, told
from berg.provenance.verify.orders import Answer, Ask, Orders


def serve(questions: IO[bytes], replies: IO[bytes]) -> None:
    """Answer line by line until questions end."""
    orders = Orders.model_validate_json(questions.readline())
    for line in questions:
        answer = _answer(Ask.model_validate_json(line), orders).model_dump_json()
        replies.write(answer.encode("utf-8", "replace") + b"\n")
        replies.flush()


def _answer(ask: Ask, orders: Orders) -> Answer:
    path = Path(os.fsdecode(bytes.fromhex(ask.path_hex)))
    try:
        if ask.what == "manifest":
            return Answer(told=told(path))
        return Answer(seen=look(path, orders, quick=ask.quick))
    except BergError as error:
        return Answer(problem=error.message)
    except OSError as error:
        return Answer(problem=f"it can't be read: {error.strerror or error}")
    except MemoryError:
        return Answer(problem="it needs more memory than one file may take")
    except Exception as error:  # the process's edge: one file's trouble is that file's answer
        return Answer(problem=f"{type(error).__name__}: {error}"[:300])
