"""English shortened words: abbreviations, initials, initialisms with points, Roman numerals."""

import re

from berg.language.english.numbers import cardinal, ordinal
from berg.language.scan import Rule, Saying, rule, says

_PLAIN = {
    "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Mx": "Mix", "Messrs": "Messers",
    "Mme": "Madame", "Mlle": "Mademoiselle",
    "Fr": "Father", "Br": "Brother", "Msgr": "Monsignor", "Esq": "Esquire", "Maj": "Major",
    "Cpl": "Corporal", "Pvt": "Private", "Cmdr": "Commander", "Adm": "Admiral",
    "Supt": "Superintendent",
    "Insp": "Inspector", "Amb": "Ambassador", "Dir": "Director", "Mgr": "Manager",
    "Atty": "Attorney",
    "cf": "compare", "viz": "namely", "resp": "respectively", "fig": "figure", "figs": "figures",
    "Figs": "figures", "Vols": "Volumes", "eds": "editors", "temp": "temperature",
    "appt": "appointment",
    "govt": "government", "Govt": "Government", "intl": "international", "Intl": "International",
    "Natl": "National", "Bldg": "Building", "Apt": "Apartment", "Ste": "Suite", "avg": "average",
    "Sq": "Square", "Pkwy": "Parkway", "Ct": "Court", "Jct": "Junction", "Mts": "Mountains",
    "Prof": "Professor", "Jr": "Junior",
    "Sr": "Senior", "Rev": "Reverend", "Hon": "Honorable", "Gen": "General", "Col": "Colonel",
    "Capt": "Captain", "Lt": "Lieutenant", "Sgt": "Sergeant", "Gov": "Governor",
    "Sen": "Senator", "Rep": "Representative", "Pres": "President",
    "Inc": "Incorporated", "Ltd": "Limited", "Corp": "Corporation", "Co": "Company",
    "Bros": "Brothers", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Ln": "Lane",
    "Hwy": "Highway", "Mt": "Mount", "Ft": "Fort", "Pt": "Point",
    "etc": "et cetera", "vs": "versus", "approx": "approximately", "dept": "department",
    "est": "established", "min": "minimum", "max": "maximum", "misc": "miscellaneous",
    "tel": "telephone", "ext": "extension", "incl": "including", "excl": "excluding",
    "vol": "volume", "ed": "edition", "Assoc": "Associate", "Asst": "Assistant",
    "Dept": "Department",
    "Univ": "University", "ca": "circa", "Tel": "Telephone", "Vol": "Volume", "Est": "Established",
}  # fmt: skip
_BARE = (
    "Mr",
    "Mrs",
    "Ms",
    "Mx",
    "Mme",
    "Mlle",
    "Sgt",
    "Lt",
    "Capt",
    "Col",
    "Prof",
    "Jr",
    "Sr",
    "vs",
    "etc",
    "approx",
    "Ltd",
    "Inc",
    "Blvd",
)
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
_LONE = r"(?:XX[IVX]{0,4}|XI[VX]|XVI{0,3}|XI{1,3}|VI{1,3}|I[VX]|II|III)"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NEXT_CAPITAL = r"(?=\s[A-Z])"
_ENDS = re.compile(r"[”\"')\s]*$")


def early() -> list[Rule]:
    """Rules that must be asked before addresses: what has points and is no host."""
    return [
        rule(r"\b(?P<n>40[13])\(?(?P<l>[kb])\)?(?!\w)", _plan),
        rule(r"\b[Ee]\.g\.,?|\beg\.(?=\s)", says("for example ,")),
        rule(r"\b[Ii]\.e\.,?", says("that is ,")),
        rule(r"\bPh\.?D\.?s?(?!\w)", lambda m: _stopped("~PHD", m)),
    ]


def rules() -> list[Rule]:
    """Rules for shortened words."""
    plain = "|".join(sorted(_PLAIN, key=len, reverse=True))
    bare = "|".join(sorted(_BARE, key=len, reverse=True))
    numbered = "|".join(_NUMBERED)
    return [
        rule(rf"\bDr\.?{_NEXT_CAPITAL}", says("Doctor")),
        rule(r"(?<=[a-z] )Dr\.(?!\s[A-Z])", lambda m: _stopped("Drive", m)),
        rule(r"(?<=[a-z] )St(?:\.(?=$|\s[a-z]|[,;)”\"])|(?=$|[,;)]))", _street),
        rule(rf"\bSt\.?{_NEXT_CAPITAL}", says("Saint")),
        rule(rf"\b(?P<w>{numbered})\.\s?(?=\d)", lambda m: _NUMBERED[m["w"]]),
        rule(r"(?:№|\bN[º°]\.?)\s?(?=\d)", says("number")),
        rule(rf"\b(?P<w>{plain})\.(?!\w)", lambda m: _stopped(_PLAIN[m["w"]], m)),
        rule(rf"\b(?P<w>{bare})\b(?!['’-])", lambda m: _PLAIN[m["w"]]),
        rule(r"\b(?P<name>(?:[A-Z]\.\s?)+)(?=[A-Z][a-z])", _initials),
        rule(r"\b(?:[A-Za-z]\.){2,}", _pointed),
        rule(rf"\b(?P<name>{_REGNAL})\s(?P<n>{_ROMAN})(?![\w'’])", _reign),
        rule(rf"\b(?P<name>{_SERIAL}|{_SERIAL.upper()})\s(?P<n>{_ROMAN})(?![\w'’])", _serial),
        rule(rf"\b(?P<n>{_ROMAN})(?:th|st|nd|rd)?(?=\s(?:[Cc]entury|[Cc]enturies))", _century),
        rule(rf"(?<=[a-z]\s)(?P<n>{_LONE})(?![\w'’.]\w|\w)", _lone),
        rule(r"\bw/o(?!\w)", says("without")),
        rule(r"\bw/(?=\s|\w)", says("with")),
        rule(r"\band/or\b", says("and or")),
    ]


def _stopped(said: str, m: re.Match[str]) -> str:
    """A shortened word's full stop also ends the text when it stands last."""
    return f"{said} ." if m[0].endswith(".") and _ENDS.match(m.string, m.end()) else said


def _street(m: re.Match[str]) -> Saying:
    """Elm St."""
    return _stopped("Street", m)


def _initials(m: re.Match[str]) -> Saying:
    """J. K. Rowling, J.R.R. Tolkien, John F. Kennedy."""
    return [(f"~{i[0]}", m.start() + i.start()) for i in re.finditer(r"[A-Z]", m[0])]


def _pointed(m: re.Match[str]) -> Saying:
    """U.S., B.B.C."""
    return _stopped("~" + m[0].replace(".", "").upper(), m)


def _reign(m: re.Match[str]) -> Saying:
    """Louis XIV as the fourteenth."""
    return [(m["name"], m.start()), (f"the {ordinal(_roman(m['n']))}", m.start("n"))]


def _serial(m: re.Match[str]) -> Saying:
    """Chapter IV as four."""
    return [(m["name"], m.start()), (cardinal(_roman(m["n"])), m.start("n"))]


def _plan(m: re.Match[str]) -> Saying:
    """401(k)."""
    return f"four oh {cardinal(int(m['n'][-1]))} ~{m['l'].upper()}"


def _century(m: re.Match[str]) -> Saying:
    """the XIX century."""
    return ordinal(_roman(m["n"])) if m["n"] else None


def _lone(m: re.Match[str]) -> Saying:
    """Apollo XI, Final Cut VII: after a word with a capital."""
    before = m.string[: m.start()].split()
    return cardinal(_roman(m["n"])) if before and before[-1][:1].isupper() else None


def _roman(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
