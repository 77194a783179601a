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
    "m/s": _u("metre per second"), "km": _u("kilometre"), "cm": _u("centimetre"),
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
    "ha": _u("hectare"),
}  # fmt: skip

_DOLLAR = ("dollar", "dollars", ("cent", "cents"))
_EURO = ("euro", "euros", ("cent", "cents"))
_POUND = ("pound", "pounds", ("penny", "pence"))
_YUAN = ("yuan", "yuan", None)
_YEN = ("yen", "yen", None)
MONEY: dict[str, tuple[str, str, tuple[str, str] | None]] = {
    "$": _DOLLAR, "USD": _DOLLAR, "£": _POUND, "GBP": _POUND, "€": _EURO, "EUR": _EURO,
    "¥": _YEN, "JPY": _YEN, "RMB": _YUAN, "CNY": _YUAN, "₹": ("rupee", "rupees", None),
    "₩": ("won", "won", None),
}  # fmt: skip
"""Currency by sign or code: one, many, and its hundredth."""

SCALES = {
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
    "b": "billion", "B": "billion", "bn": "billion", "tn": "trillion",
}  # fmt: skip
"""What stands behind an amount of money for a power of a thousand."""
