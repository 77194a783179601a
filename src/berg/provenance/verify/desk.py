"""The checking process's desk: a question in, an answer out. Its start is `child.py`."""

import os
from pathlib import Path

from berg.children import Owner
from berg.errors import BergError
from berg.provenance.verify.look import look, told
from berg.provenance.verify.orders import Inquiry, Orders, Sighting
from berg.provenance.verify.words import plain


def serve(owner: Owner) -> None:
    """Answer questions until they end. Orders come before the first of them."""
    messages = owner.messages()
    for first in messages:
        orders = Orders.model_validate_json(first)
        for message in messages:
            owner.reply(_bytes(_answer(Inquiry.model_validate_json(message), orders)))


def _bytes(answer: Sighting) -> bytes:
    try:
        return answer.model_dump_json().encode()
    except ValueError:  # text that is none
        return Sighting(problem="what it says can't be written down").model_dump_json().encode()


def _answer(ask: Inquiry, orders: Orders) -> Sighting:
    path = Path(os.fsdecode(bytes.fromhex(ask.path_hex)))
    try:
        if ask.what == "manifest":
            return Sighting(told=told(path))
        return Sighting(seen=look(path, orders, quick=ask.quick))
    except BergError as error:
        return Sighting(problem=plain(error.message, most=300))
    except OSError as error:
        return Sighting(problem=f"it can't be read: {error.strerror or error}")
    except MemoryError:
        return Sighting(problem="it needs more memory than one file may take")
    except Exception as error:  # the process's edge: one file's trouble is that file's answer
        return Sighting(problem=plain(f"{type(error).__name__}: {error}", most=300))
