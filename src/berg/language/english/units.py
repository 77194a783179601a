"""English names of units and currencies: a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's name."""

    one: str
    many: str
    tight: bool = False
    """Only directly after the number: apart from it, the letter would be a word."""


def _u(one: str, many: str = "", *, tight: bool = False) -> UnitName:
    head, space, tail = one.partition(" ")
    return UnitName(one, many or f"{head}s{space}{tail}", tight)


UNITS = {
    "km/h": _u("kilometre per hour"), "kph": _u("kilometre per hour"), "mph": _u("mile per hour"),
    "m/s": _u("metre per second"),
    "m/s²": _u("metre per second squared"), "m/s2": _u("metre per second squared"),
    "km": _u("kilometre"), "cm": _u("centimetre"),
    "mm": _u("millimetre"), "m": _u("metre"), "mi": _u("mile"), "ft": _u("foot", "feet"),
    "yd": _u("yard"), "km²": UnitName("square kilometre", "square kilometres"),
    "m²": UnitName("square metre", "square metres"),
    "sq ft": UnitName("square foot", "square feet"),
    "m³": UnitName("cubic metre", "cubic metres"), "kg": _u("kilogram"), "g": _u("gram"),
    "mg": _u("milligram"), "lb": _u("pound"), "lbs": _u("pound"), "oz": _u("ounce"),
    "t": _u("tonne", tight=True), "l": _u("litre", tight=True), "L": _u("litre"),
    "ml": _u("millilitre"), "mL": _u("millilitre"), "cl": _u("centilitre"),
    "°C": UnitName("degree Celsius", "degrees Celsius"),
    "°F": UnitName("degree Fahrenheit", "degrees Fahrenheit"), "°": _u("degree"),
    "kB": _u("kilobyte"), "KB": _u("kilobyte"), "MB": _u("megabyte"), "GB": _u("gigabyte"),
    "TB": _u("terabyte"), "Mbps": UnitName("megabit per second", "megabits per second"),
    "Hz": UnitName("hertz", "hertz"), "kHz": UnitName("kilohertz", "kilohertz"),
    "MHz": UnitName("megahertz", "megahertz"), "GHz": UnitName("gigahertz", "gigahertz"),
    "W": _u("watt"), "kW": _u("kilowatt"), "MW": _u("megawatt"), "GW": _u("gigawatt"),
    "Wh": UnitName("watt-hour", "watt-hours"), "kWh": UnitName("kilowatt-hour", "kilowatt-hours"),
    "V": _u("volt"), "A": _u("amp", tight=True), "mAh": UnitName("milliamp-hour", "milliamp-hours"),
    "kcal": UnitName("kilocalorie", "kilocalories"), "cal": _u("calorie"), "dB": _u("decibel"),
    "fps": UnitName("frame per second", "frames per second"), "px": _u("pixel"),
    "rpm": UnitName("revolution per minute", "revolutions per minute"),
    "s": _u("second", tight=True), "sec": _u("second"), "secs": _u("second"),
    "ms": _u("millisecond"), "min": _u("minute"), "mins": _u("minute"), "h": _u("hour"),
    "hr": _u("hour"), "hrs": _u("hour"), "bar": UnitName("bar", "bar"),
    "ppm": UnitName("~PPM", "~PPM"),
    "ha": _u("hectare"), "nm": _u("nanometre"), "μm": _u("micrometre"), "µm": _u("micrometre"),
    "dm": _u("decimetre"), "m2": UnitName("square metre", "square metres"),
    "km2": UnitName("square kilometre", "square kilometres"),
    "cm²": UnitName("square centimetre", "square centimetres"),
    "mm²": UnitName("square millimetre", "square millimetres"),
    "ft²": UnitName("square foot", "square feet"), "ft2": UnitName("square foot", "square feet"),
    "sq. ft.": UnitName("square foot", "square feet"),
    "sq. ft": UnitName("square foot", "square feet"), "sqft": UnitName("square foot",
    "square feet"),
    "sq km": UnitName("square kilometre", "square kilometres"),
    "sq m": UnitName("square metre", "square metres"),
    "sq mi": UnitName("square mile", "square miles"),
    "cu ft": UnitName("cubic foot", "cubic feet"),
    "km³": UnitName("cubic kilometre", "cubic kilometres"), "m3": UnitName("cubic metre",
    "cubic metres"),
    "cm³": UnitName("cubic centimetre", "cubic centimetres"), "cc": UnitName("~CC", "~CC"),
    "μg": _u("microgram"), "µg": _u("microgram"), "mcg": _u("microgram"), "kgs": _u("kilogram"),
    "gal": _u("gallon"), "qt": _u("quart"), "tsp": _u("teaspoon"), "tbsp": _u("tablespoon"),
    "Tbsp": _u("tablespoon"), "fl oz": _u("fluid ounce"), "hl": _u("hectolitre"),
    "dl": _u("decilitre"), "in": UnitName("inch", "inches", tight=True),
    "nmi": UnitName("nautical mile", "nautical miles"), "kn": _u("knot"), "kt": _u("knot"),
    "ly": UnitName("light-year", "light-years"), "pc": _u("parsec", tight=True),
    "kpc": _u("kiloparsec"), "Mpc": _u("megaparsec"), "au": UnitName("~AU", "~AU"),
    "K": _u("kelvin", "kelvins"), "º": _u("degree"), "ºC": UnitName("degree Celsius",
    "degrees Celsius"),
    "ºF": UnitName("degree Fahrenheit", "degrees Fahrenheit"),
    "℃": UnitName("degree Celsius", "degrees Celsius"),
    "℉": UnitName("degree Fahrenheit", "degrees Fahrenheit"),
    "° C": UnitName("degree Celsius", "degrees Celsius"),
    "° F": UnitName("degree Fahrenheit", "degrees Fahrenheit"),
    "bit": _u("bit"), "kb": _u("kilobit"), "Mb": _u("megabit"), "Gb": _u("gigabit"),
    "PB": _u("petabyte"),
    "EB": _u("exabyte"), "KiB": _u("kibibyte"), "MiB": _u("mebibyte"), "GiB": _u("gibibyte"),
    "TiB": _u("tebibyte"), "kbps": UnitName("kilobit per second", "kilobits per second"),
    "Kbps": UnitName("kilobit per second", "kilobits per second"),
    "mbps": UnitName("megabit per second", "megabits per second"),
    "Gbps": UnitName("gigabit per second", "gigabits per second"),
    "gbps": UnitName("gigabit per second", "gigabits per second"), "THz": UnitName("terahertz",
    "terahertz"),
    "mW": _u("milliwatt"), "TW": _u("terawatt"), "MWh": UnitName("megawatt-hour", "megawatt-hours"),
    "GWh": UnitName("gigawatt-hour", "gigawatt-hours"), "TWh": UnitName("terawatt-hour",
    "terawatt-hours"),
    "mV": _u("millivolt"), "kV": _u("kilovolt"), "mA": _u("milliamp"), "Ah": UnitName("amp-hour",
    "amp-hours"),
    "Ω": _u("ohm"), "\u2126": _u("ohm"), "kΩ": _u("kilohm"), "MΩ": _u("megohm"),
    "F": _u("farad", tight=True),
    "N": _u("newton", tight=True), "kN": _u("kilonewton"), "Nm": UnitName("newton metre",
    "newton metres"),
    "J": _u("joule"), "kJ": _u("kilojoule"), "MJ": _u("megajoule"), "eV": _u("electronvolt"),
    "keV": _u("kiloelectronvolt"), "MeV": _u("megaelectronvolt"), "GeV": _u("gigaelectronvolt"),
    "Pa": _u("pascal"), "hPa": _u("hectopascal"), "kPa": _u("kilopascal"), "MPa": _u("megapascal"),
    "mbar": _u("millibar", "millibars"), "psi": UnitName("~PSI", "~PSI"), "atm": _u("atmosphere"),
    "hp": UnitName("horsepower", "horsepower"), "bhp": UnitName("brake horsepower",
    "brake horsepower"),
    "mol": _u("mole"), "lx": UnitName("lux", "lux"), "lm": _u("lumen"), "cd": _u("candela"),
    "Mt": _u("megatonne"), "Gt": _u("gigatonne"), "MP": _u("megapixel"), "dpi": UnitName("~DPI",
    "~DPI"),
    "ppi": UnitName("~PPI", "~PPI"), "bpm": UnitName("beat per minute", "beats per minute"),
    "mpg": UnitName("mile per gallon", "miles per gallon"), "μs": _u("microsecond"),
    "µs": _u("microsecond"), "ns": _u("nanosecond"), "wk": _u("week"), "wks": _u("week"),
    "mo": _u("month"), "mos": _u("month"), "yr": _u("year"), "yrs": _u("year"),
    "d": _u("day", tight=True), "bps": UnitName("basis point", "basis points"),
    "pp": UnitName("percentage point", "percentage points"), "‰": UnitName("per mille",
    "per mille"),
}  # fmt: skip
for _as in ("KG", "Kg", "KGS", "KM", "Km", "CM", "MM", "MPH", "Mph", "ML", "Ml", "LB", "LBS", "Lbs",
            "OZ", "FT", "GHZ", "Ghz", "MHZ", "Mhz", "HR", "HRS", "Hrs", "MIN", "MINS", "Mins",
            "SEC",
            "YRS", "YD", "RPM", "FPS", "DPI", "BPM", "PSI", "KWH", "KW", "KPH", "MG"):  # fmt: skip
    UNITS.setdefault(_as, next(u for k, u in UNITS.items() if k.lower() == _as.lower()))

PER = {
    "day": "day", "week": "week", "wk": "week", "month": "month", "mo": "month", "mth": "month",
    "year": "year", "yr": "year", "annum": "annum", "hour": "hour", "hr": "hour", "h": "hour",
    "minute": "minute", "min": "minute", "second": "second", "sec": "second", "s": "second",
    "night": "night", "person": "person", "pers": "person", "head": "head", "user": "user",
    "seat": "seat", "unit": "unit", "item": "item", "ea": "each", "each": "each", "cup": "cup",
    "bag": "bag", "box": "box", "pack": "pack", "pc": "piece", "piece": "piece", "dozen": "dozen",
    "doz": "dozen", "gallon": "gallon", "pound": "pound", "ounce": "ounce", "kilo": "kilo",
    "mile": "mile", "acre": "acre", "litre": "litre", "liter": "litre", "game": "game",
    "share": "share", "barrel": "barrel", "bbl": "barrel", "word": "word", "page": "page",
    "shot": "shot", "student": "student", "child": "child", "ticket": "ticket", "room": "room",
    "employee": "employee", "bottle": "bottle", "glass": "glass", "slice": "slice", "car": "car",
    "ton": "ton", "tonne": "tonne", "capita": "capita", "class": "class", "session": "session",
    "sq ft": "square foot", "sqft": "square foot", "l": "litre", "t": "tonne", "A": "amp",
}  # fmt: skip
"""What may stand below a stroke, besides units."""


def per(text: str) -> str:
    """`/lb`, `/s/Mpc`: per pound, per second per megaparsec; empty when one part is neither."""
    said: list[str] = []
    for part in text.split("/")[1:]:
        unit = UNITS.get(part)
        name = PER.get(part) or (unit.one if unit else "")
        if not name:
            return ""
        said.append(name if name == "each" else f"per {name}")
    return " ".join(said)


_DOLLAR = ("dollar", "dollars", ("cent", "cents"))
_EURO = ("euro", "euros", ("cent", "cents"))
_POUND = ("pound", "pounds", ("penny", "pence"))
_YUAN = ("yuan", "yuan", None)
_YEN = ("yen", "yen", None)
DOLLARS = {
    "US$": "~US", "A$": "Australian", "AU$": "Australian", "AUD": "Australian", "C$": "Canadian",
    "CA$": "Canadian", "CAD": "Canadian", "NZ$": "New Zealand", "NZD": "New Zealand",
    "HK$": "Hong Kong", "HKD": "Hong Kong", "S$": "Singapore", "SGD": "Singapore",
    "NT$": "Taiwan",
}  # fmt: skip
"""Dollars that are not simply dollars."""
MONEY: dict[str, tuple[str, str, tuple[str, str] | None]] = {
    "$": _DOLLAR, "USD": _DOLLAR, "£": _POUND, "GBP": _POUND, "€": _EURO, "EUR": _EURO,
    "¥": _YEN, "JPY": _YEN, "RMB": _YUAN, "CNY": _YUAN, "₹": ("rupee", "rupees", None),
    "₩": ("won", "won", None), "KRW": ("won", "won", None), "INR": ("rupee", "rupees", None),
    "₽": ("rouble", "roubles", None), "₺": ("lira", "lira", None), "₴": ("hryvnia",
    "hryvnias", None),
    "₫": ("dong", "dong", None), "฿": ("baht", "baht", None), "₿": ("bitcoin", "bitcoins", None),
    "₱": ("peso", "pesos", None), "₪": ("shekel", "shekels", None), "₦": ("naira", "naira", None),
    "CHF": ("Swiss franc", "Swiss francs", None), "BTC": ("bitcoin", "bitcoins", None),
    "SEK": ("Swedish krona", "Swedish kronor", None), "PLN": ("zloty", "zlotys", None),
    "NOK": ("Norwegian krone", "Norwegian kroner", None),
    "DKK": ("Danish krone", "Danish kroner", None), "CNH": _YUAN, "元": _YUAN,
    **{c: (f"{land} dollar", f"{land} dollars", ("cent", "cents")) for c, land in DOLLARS.items()},
    "¢": ("cent", "cents", None), "p": ("penny", "pence", None),
}  # fmt: skip
"""Currency by sign or code: one, many, and its hundredth."""

SCALES = {
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
    "b": "billion", "B": "billion", "bn": "billion", "tn": "trillion",
}  # fmt: skip
"""What stands behind an amount of money for a power of a thousand."""
