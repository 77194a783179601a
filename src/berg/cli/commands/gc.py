"""Free space, keeping what deliveries still need."""

from argparse import ArgumentParser, Namespace
from typing import Any

from berg.cli.serving import serving
from berg.cli.text import plural, size
from berg.schema.command import Answer, Command

EXAMPLES = """examples:
  berg gc --dry-run
  berg gc"""


def arguments(parser: ArgumentParser) -> None:
    """Whether it is only a question."""
    parser.add_argument("--dry-run", action="store_true", help="say what would go, remove nothing")


def run(given: Namespace) -> Answer:
    """Free it, or count what would be freed."""
    with serving() as service:
        document = service.gc(dry_run=given.dry_run)
    return Answer(document=document, text=gc_text(document))


def gc_text(document: dict[str, Any]) -> str:
    """What was freed, or would be."""
    verb = "would free" if document["dry_run"] else "freed"
    objects, results = plural(document["objects"], "object"), plural(document["results"], "result")
    return f"{verb} {size(document['freed_bytes'])}: {objects}, {results}"


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
