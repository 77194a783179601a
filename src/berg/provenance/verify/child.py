"""The checking process: opens files that nobody vouches for. `python -m` starts it.

It gets orders, then questions, and gives an answer to each. It can't write large files, leaves no
core, has bounded memory, and where the kernel lets it, no network. It ends when its owner does.
"""

from berg.children import Limits, Owner, confine

GIB = 1 << 30
LIMITS = Limits(memory_bytes=6 * GIB, file_bytes=512 << 20)
"""A picture of 178 megapixels is searched in less memory; a bomb is not. The C2PA library works on
large files in files of its own."""


def main() -> None:
    """Answer until the owner ends."""
    owner = Owner()
    confine(LIMITS)  # before anything that is large, and any thread
    from berg.provenance.verify.desk import serve

    serve(owner)


if __name__ == "__main__":
    main()
