"""The code of a service provider: 27 characters, checked, never made up.

TC260-PG-20252A (网安秘字〔2025〕29号), as implementations quote it: `00`, then 20 characters for
who it is, then 5 for the service. For an organisation bound by its credit code the 20 are `11` and
the 18-character unified social credit code (GB 32100-2015, with its check character); the 5 are a
kind of service (`1` generates, `2` passes on) and a model's code of 4, or `00000`.
"""

import re

LENGTH = 27
_ALLOWED = re.compile(r"[0-9A-Z]*")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: digits and capitals without I, O, S, V, Z."""


def looks_like_code(value: str) -> bool:
    """Whether a provider's field is meant as a code rather than a name."""
    return len(value) >= 20 and value.startswith("00") and value.isascii() and value.isalnum()


def code_faults(code: str) -> tuple[str, ...]:
    """What is wrong with a provider's code, as sentences; none for a sound one."""
    if len(code) != LENGTH:
        return (f"it has {len(code)} characters; a code has {LENGTH}",)
    if not _ALLOWED.fullmatch(code):
        return ("it has characters other than digits and capital letters",)
    faults = []
    if not code.startswith("00"):
        faults.append("it doesn't begin with 00, the format that the guide defines")
    if code[2:4] == "11" and not credit_code_holds(code[4:22]):
        faults.append("its credit code fails the check character of GB 32100-2015")
    if code[22:] != "00000" and code[22] not in "12":
        faults.append(f"its kind of service is {code[22]}; it may be 1 or 2, or 00000 for none")
    return tuple(faults)


def bound_by_credit_code(code: str) -> bool:
    """Whether the code says that its 18 characters are an organisation's credit code."""
    return code[2:4] == "11"


def credit_code_holds(code: str) -> bool:
    """Whether a unified social credit code fits its last character (GB 32100-2015, modulo 31)."""
    if len(code) != 18 or any(letter not in _CREDIT for letter in code):
        return False
    total = sum(_CREDIT.index(letter) * pow(3, i, 31) for i, letter in enumerate(code[:17]))
    return _CREDIT[-total % 31] == code[17]
