"""English shortened words: abbreviations, initials, initialisms with points, Roman numerals."""

import re

from berg.runtimes.kokoro.english.numbers import cardinal, ordinal
from berg.runtimes.kokoro.scan import Rule, Said

_PLAIN = {
    "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Prof": "Professor", "Jr": "Junior",
    "Sr": "Senior", "Rev": "Reverend", "Hon": "Honorable", "Gen": "General", "Col": "Colonel",
    "Capt": "Captain", "Lt": "Lieutenant", "Sgt": "Sergeant", "Gov": "Governor",
    "Sen": "Senator", "Rep": "Representative", "Pres": "President",
    "Inc": "Incorporated", "Ltd": "Limited", "Corp": "Corporation", "Co": "Company",
    "Bros": "Brothers", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Ln": "Lane",
    "Hwy": "Highway", "Mt": "Mount", "Ft": "Fort", "Pt": "Point",
    "etc": "et cetera", "vs": "versus", "approx": "approximately", "dept": "department",
    "est": "established", "min": "minimum", "max": "maximum", "misc": "miscellaneous",
    "tel": "telephone", "ext": "extension", "incl": "including", "excl": "excluding",
    "vol": "volume", "ed": "edition", "Assoc": "Associate", "Asst": "Assistant", "Dept": "Department",
    "Univ": "University", "ca": "circa", "Tel": "Telephone", "Vol": "Volume", "Est": "Established",
}  # fmt: skip
_BARE = ("Mr", "Mrs", "Ms", "Prof", "Jr", "Sr", "vs", "etc", "approx", "Ltd", "Inc", "Blvd")
"""Those that need no full stop to be known."""
_NUMBERED = {
    "No": "number", "no": "number", "Nos": "numbers", "Fig": "figure", "fig": "figure",
    "p": "page", "pp": "pages", "Ch": "chapter", "ch": "chapter", "Vol": "volume", "vol": "volume",
    "Art": "article", "Sec": "section", "Eq": "equation",
}  # fmt: skip
_REGNAL = (
    "Louis|Henry|Elizabeth|Charles|George|William|Edward|James|Richard|Philip|Pius|Benedict|"
    "John Paul|Paul|Francis|Leo|Catherine|Frederick|Napoleon|Nicholas|Alexander|Ivan|Mary"
)
_SERIAL = (
    "Chapter|Part|Volume|Act|Book|Section|War|Phase|Type|Class|Level|Bowl|Episode|Scene|Rocky|"
    "Article|Appendix|Season|Stage|Title|Mark|Fantasy|Unit"
)
_ROMAN = r"(?=[IVXL])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NEXT_CAPITAL = r"(?=\s[A-Z])"
_ENDS = re.compile(r"[”\"')\s]*$")


def rules() -> list[Rule]:
    """Rules for shortened words."""
    plain = "|".join(sorted(_PLAIN, key=len, reverse=True))
    bare = "|".join(sorted(_BARE, key=len, reverse=True))
    return [
        (re.compile(r"\be\.g\.,?|\beg\.(?=\s)", re.I), lambda m: "for example ,"),
        (re.compile(r"\bi\.e\.,?", re.I), lambda m: "that is ,"),
        (re.compile(r"\bDr\.?" + _NEXT_CAPITAL), lambda m: "Doctor"),
        (re.compile(r"(?<=[a-z] )Dr\.(?!\s[A-Z])"), lambda m: _stopped("Drive", m)),
        (re.compile(r"(?<=[a-z] )St\.?(?=$|[,.;)]|\s[a-z])"), lambda m: _stopped("Street", m)),
        (re.compile(r"\bSt\.?" + _NEXT_CAPITAL), lambda m: "Saint"),
        (re.compile(r"\b(?P<w>" + "|".join(_NUMBERED) + r")\.\s?(?=\d)"), lambda m: _NUMBERED[m["w"]]),
        (re.compile(r"№\s?(?=\d)"), lambda m: "number"),
        (re.compile(rf"\b(?P<w>{plain})\.(?!\w)"), lambda m: _stopped(_PLAIN[m["w"]], m)),
        (re.compile(rf"\b(?P<w>{bare})\b(?!['’-])"), lambda m: _PLAIN[m["w"]]),
        (re.compile(r"\bPh\.?D\.?s?(?!\w)"), lambda m: _stopped("~PHD", m)),
        (re.compile(r"\b(?P<name>(?:[A-Z]\.\s?)+)(?=[A-Z][a-z])"), _initials),
        (re.compile(r"\b(?:[A-Za-z]\.){2,}"), lambda m: _stopped("~" + m[0].replace(".", "").upper(), m)),
        (re.compile(rf"\b(?P<name>{_REGNAL})\s(?P<n>{_ROMAN})(?![\w'’])"), lambda m: _roman(m, nth=True)),
        (re.compile(rf"\b(?P<name>{_SERIAL})\s(?P<n>{_ROMAN})(?![\w'’])"), lambda m: _roman(m, nth=False)),
        (re.compile(r"\bw/o(?!\w)"), lambda m: "without"),
        (re.compile(r"\bw/(?=\s|\w)"), lambda m: "with"),
        (re.compile(r"\band/or\b"), lambda m: "and or"),
    ]  # fmt: skip


def _stopped(said: str, m: re.Match[str]) -> str:
    """A shortened word's full stop also ends the text when it stands last."""
    return f"{said} ." if m[0].endswith(".") and _ENDS.match(m.string, m.end()) else said


def _initials(m: re.Match[str]) -> Said:
    """J. K. Rowling, J.R.R. Tolkien, John F. Kennedy."""
    return [(f"~{i[0]}", m.start() + i.start()) for i in re.finditer(r"[A-Z]", m[0])]


def _roman(m: re.Match[str], *, nth: bool) -> Said:
    """Louis XIV as the fourteenth; Chapter IV as four."""
    values = [_VALUES[letter] for letter in m["n"]]
    following = [*values[1:], 0]
    total = sum(-v if v < after else v for v, after in zip(values, following, strict=True))
    said = f"the {ordinal(total)}" if nth else cardinal(total)
    return [(m["name"], m.start()), (said, m.start("n"))]
