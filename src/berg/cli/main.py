"""Entry point. Imports nothing heavy before a command is known, so that `--help` is quick."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from berg.cli.answer import error_document, say, say_error
from berg.cli.parser import Told, UsageError, parse
from berg.held import held_signals
from berg.streams import output_for_answers


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status."""
    words = sys.argv[1:] if argv is None else list(argv)
    with output_for_answers():
        return _answer(words, as_json="--json" in words)


def _answer(words: Sequence[str], *, as_json: bool) -> int:
    try:
        arguments = parse(words)
        return _load()(arguments)
    except Told as told:
        return say(told.document, told.text, as_json=as_json)
    except UsageError as error:
        document = error_document("usage", str(error))
        return say_error(document, f"berg: {error}", as_json=as_json, status=2)
    except KeyboardInterrupt:  # before the command could begin
        document = error_document("interrupted", "stopped", retry=True)
        return say_error(document, "berg: stopped", as_json=as_json, status=130)


def _load() -> "Callable[[Namespace], int]":
    """The rest of berg: heavy, and not needed for `--help`."""
    with held_signals():
        from berg.cli.run import run
    return run


if __name__ == "__main__":
    sys.exit(main())
