"""Entry point. Imports nothing heavy before a command is known, so that `--help` is quick."""

import json
import sys
from collections.abc import Sequence

from berg.cli.arguments import UsageError, parse


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status."""
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        arguments = parse(words)
    except UsageError as error:
        return _usage(str(error), as_json="--json" in words)
    from berg.cli.commands import run  # heavy, and not needed for --help

    return run(arguments)


def _usage(message: str, *, as_json: bool) -> int:
    if as_json:
        detail = {"code": "usage", "message": message, "where": None, "retry": False}
        print(json.dumps({"error": detail}))
    print(f"berg: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
