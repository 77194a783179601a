"""What of this process's environment a child gets."""

import os

_SECRETS = ("BERG_KEYS_PASSPHRASE", "BERG_IMPORT_PASSPHRASE")
_WANTED = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP"),
        *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "SSL_CERT_FILE", "BERG_HOME"),
    }
)
_WANTED_BEGINNINGS = ("LC_", "PYTHON", "COV_", "COVERAGE_", "XDG_", "MALLOC_")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def without_secrets() -> dict[str, str]:
    """All of it but berg's own passphrases: for commands that users or their registries set up."""
    return {name: value for name, value in os.environ.items() if name not in _SECRETS}


def confined() -> dict[str, str]:
    """What a program of ours needs to start and nothing else, on one thread: for looking at things
    that nobody vouches for."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _WANTED or name.startswith(_WANTED_BEGINNINGS)
    }
    return {**kept, **dict.fromkeys(_ONE_THREAD, "1")}
