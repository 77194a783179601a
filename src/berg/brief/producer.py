"""The form of a content producer's code. Checked, never invented; whose it is nobody here knows.

27 characters: `00`, `11`, the unified social credit code (18), service type (1), model code (4).
Sources: GB 45438-2025 with TC260's practice guide on coding rules of 2025; GB 32100-2015 for the
credit code's alphabet and check character.
"""

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 27


def producer_fault(code: str) -> str:
    """What is wrong with a code, and how it is right; nothing for a good one."""
    if len(code) != _LENGTH:
        return f"{len(code)} characters; a producer code has {_LENGTH}"
    if not (code.isascii() and code.isalnum() and code == code.upper()):
        return "a producer code has digits and capital letters alone"
    if not code.startswith("0011"):
        return f"it begins with {code[:4]}; a producer code begins with 0011"
    if code[22] not in "12" and code[22:] != "00000":
        return f"its kind of service (character 23) is {code[22]}; it is 1 or 2, or 00000 ends it"
    return _credit_fault(code[4:22])


def _credit_fault(credit: str) -> str:
    strange = next((c for c in credit if c not in _CREDIT), None)
    if strange:
        return f"{strange} is in no credit code (characters 5 to 22); look it up again"
    if credit[-1] != check_character(credit[:-1]):
        return f"{credit} (characters 5 to 22) is no credit code: its last character doesn't match"
    return ""


def check_character(first: str) -> str:
    """The 18th character of a credit code, from the first 17 (GB 32100-2015, annex A)."""
    total = sum(_CREDIT.index(char) * pow(3, place, 31) for place, char in enumerate(first))
    return _CREDIT[-total % 31]
