"""Chinese readings of numbers as written: dates, times, money, shares, units, telephone numbers."""

import re

from berg.language.chinese.numbers import cardinal, digits, number
from berg.language.scan import Rule, Saying, rule

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DASH = r"\s?[-–—~～至到]\s?"
_UNITS = {
    "km/h": "公里每小时", "km": "公里", "cm": "厘米", "mm": "毫米", "m": "米", "kg": "公斤",
    "mg": "毫克", "g": "克", "ml": "毫升", "mL": "毫升", "L": "升", "l": "升", "℃": "摄氏度",
    "°C": "摄氏度", "℉": "华氏度", "°F": "华氏度", "°": "度", "km²": "平方公里",
    "m²": "平方米", "㎡": "平方米",
    "GB": "吉字节", "MB": "兆字节", "TB": "太字节", "kW": "千瓦", "kWh": "千瓦时", "W": "瓦",
    "V": "伏", "Hz": "赫兹", "kHz": "千赫", "MHz": "兆赫", "GHz": "吉赫",
    "h": "小时", "min": "分钟",
    "s": "秒", "ms": "毫秒", "dB": "分贝", "mAh": "毫安时", "Ah": "安时", "kcal": "千卡",
    "kJ": "千焦", "J": "焦", "Mbps": "兆比特每秒", "kbps": "千比特每秒", "m/s": "米每秒",
    "cm²": "平方厘米", "mm²": "平方毫米", "cm³": "立方厘米", "m³": "立方米", "km³": "立方公里",
    "kPa": "千帕", "hPa": "百帕", "MPa": "兆帕", "Pa": "帕", "rpm": "转每分钟", "μm": "微米",
    "nm": "纳米", "mg/L": "毫克每升", "mmol/L": "毫摩尔每升", "mA": "毫安", "A": "安", "Ω": "欧姆",
    "kΩ": "千欧", "KB": "千字节", "kB": "千字节", "px": "像素", "fps": "帧每秒", "t": "吨",
    "ha": "公顷", "mW": "毫瓦", "MW": "兆瓦", "GW": "吉瓦", "N": "牛",
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(u) for u in _UNITS), key=len, reverse=True))
_MONEY = {
    "¥": "元", "￥": "元", "$": "美元", "US$": "美元", "€": "欧元", "£": "英镑", "HK$": "港元",
    "RMB": "元", "CNY": "元",
}  # fmt: skip
_SIGN = "|".join(sorted((re.escape(m) for m in _MONEY), key=len, reverse=True))
# After these, two is 二, not 两: they count places in an order, not things.
_ORDER = frozenset("月日号楼级班路环维线期中代")
_ORDERED = ("年级", "等奖", "次方")
_CALLED = r"(?<=电话|热线|拨打|致电|手机|号码|客服)[：: ]?"
_CODED = (
    r"(?<=房间号|验证码|序列号)[：:是为 ]?"
    r"|(?<=房号|编号|邮编|密码|学号|工号|单号|代码|区号)[：:是为 ]?"
    r"|(?<=尾号|车次|航班|编码|口令|工位|考号|房间)[：:是为 ]?"
)
"""After these, digits are read one by one."""
_EMERGENCY = r"(?:110|119|120|122|999|911|112)"
_DAYS = r"(?=晚会|大促|购物节|活动|促销|狂欢|表白|情人节|消费者|特惠|年中|节|当天|快乐)"
"""What follows a day that is called by its figures: 618大促."""
_SCORED = (
    "(?:"
    + "|".join(
        f"(?<={word})"
        for word in ("比分", "比分是", "比分为", "以", "战胜", "击败", "领先", "战平")
    )
    + ")"
)
_CLOCK = r"(?P<h>[01]?\d|2[0-4])[:：](?P<m>[0-5]\d)"
_FIRST = r"(?<![\d.])"
"""Not inside a longer number."""


def rules() -> list[Rule]:
    """Rules for whatever has digits in it, the more telling first."""
    return [*_calendar(), *_telephones(), *_shares_and_money(), *_measures(), *_others()]


def _calendar() -> list[Rule]:
    return [
        rule(rf"{_FIRST}(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?![\d.])", _date),
        rule(rf"{_FIRST}(?P<y>\d{{4}}){_DASH}(?P<to>\d{{4}})(?=年|赛季|学年|财年)", _years),
        rule(rf"{_FIRST}(?P<a>1[0-2]|[1-9])[.·]?(?P<b>\d{{1,2}}){_DAYS}", _day),
        rule(r"(?<=双)(?:11|12)(?!\d)", lambda m: cardinal(int(m[0]))),
        rule(rf"{_SCORED}[ ]?(?P<a>\d{{1,3}})\s?[-–—:：]\s?(?P<b>\d{{1,3}})(?!\d)", _ratio),
        rule(
            r"(?<=[点日月年号时天周岁元级层楼期集章页版一二三四五六七八九十℃%])\s?[-–—~～]\s?(?=\d|周|星期|礼拜)",
            lambda m: "到",
        ),
        rule(rf"{_FIRST}(?P<y>\d{{4}}|\d0)(?=年代)", _decade),
        rule(rf"{_FIRST}(?P<y>\d[05])(?=后(?!面|来|天|能|可|就|，))", _digits),
        rule(rf"{_FIRST}(?P<y>\d{{4}})年", lambda m: digits(m["y"]) + "年"),
        rule(rf"{_FIRST}{_CLOCK}{_DASH}(?P<h2>\d{{1,2}})[:：](?P<m2>[0-5]\d)(?!\d)", _hours),
        rule(rf"{_FIRST}{_CLOCK}(?:[:：](?P<s>[0-5]\d))?(?!\d)", _time),
        rule(rf"{_FIRST}(?P<a>\d{{1,3}})[:：](?P<b>\d{{1,3}})(?!\d)", _ratio),
    ]


def _telephones() -> list[Rule]:
    return [
        rule(rf"{_FIRST}(?:\+86[\s-]?)?1[3-9]\d[\s-]?\d{{4}}[\s-]?\d{{4}}(?!\d)", _telephone),
        rule(rf"{_FIRST}(?:0\d{{2,3}}|400|800)-\d{{3,4}}-?\d{{3,4}}(?!\d)", _telephone),
        rule(_CALLED + r"\d{3,12}(?!\d)", _telephone),
        rule(rf"{_FIRST}{_EMERGENCY}(?![\d.])", _emergency),
        rule(rf"(?:{_CODED})\d{{2,12}}(?![\d.%])", lambda m: digits(m[0])),
        rule(rf"{_FIRST}\d{{3,4}}(?=室|号房)", lambda m: digits(m[0])),
    ]


def _shares_and_money() -> list[Rule]:
    return [
        rule(rf"{_FIRST}(?P<n>\d)(?P<unit>[米块元])(?P<to>\d{{1,2}})(?![\d.厘毛角])", _and_more),
        rule(
            rf"(?P<currency>{_SIGN})\s?(?P<n>{_N})(?:{_DASH}(?P<to>{_N}))?\s?(?P<scale>[万亿])?",
            _money,
        ),
        rule(rf"(?P<n>{_N})(?P<scale>[万亿])?(?P<currency>[元块](?!旦))", _yuan),
        rule(rf"(?P<n>[-−]?(?:{_N}))[%％]?{_DASH}(?P<to>{_N})[%％]", _percents),
        rule(rf"(?P<n>[-−+]?(?:{_N}))\s?[%％]", lambda m: "百分之" + number(m["n"])),
        rule(rf"(?P<n>{_N})\s?‰", lambda m: "千分之" + number(m["n"])),
        rule(r"(?<![\d/])(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\d/])", _fraction),
    ]


def _measures() -> list[Rule]:
    return [
        rule(rf"(?P<sign>[-−])(?P<n>{_N})\s?(?P<unit>℃|°C|度)", _frost),
        rule(rf"(?P<n>{_N}){_DASH}(?P<to>{_N})\s?(?P<unit>{_UNIT})(?![A-Za-z])", _unit_range),
        rule(rf"(?P<n>{_N})\s?(?P<unit>{_UNIT})(?![A-Za-z0-9])", _units),
        rule(rf"(?P<n>{_N}){_DASH}(?P<to>{_N})(?![\d.-])", _range),
        rule(rf"{_FIRST}(?P<n>\d+)\s?[xX×*]\s?(?P<to>\d+)(?![\dA-Za-z])", _times),
    ]


def _others() -> list[Rule]:
    return [
        rule(r"[Nn][Oo]\.\s?(?P<n>\d+)", lambda m: "第" + cardinal(int(m["n"]))),
        rule(rf"{_FIRST}\d+(?:\.\d+){{2,}}", _version),
        rule(r"(?<=第)\d+", lambda m: cardinal(int(m[0]))),
        rule(
            rf"(?<![A-Za-z\d])(?P<n>{_N})(?P<letters>[A-Za-z]{{1,4}})(?![A-Za-z])",
            lambda m: f"{_lettered(m['n'])} ~{m['letters'].upper()}",
        ),
        rule(rf"(?<![\w.])(?P<n>[-−](?:{_N}))", lambda m: number(m["n"])),
        rule(rf"(?P<n>{_N})", _plain),
    ]


def _day(m: re.Match[str]) -> Saying:
    """3.15晚会, 618大促."""
    month, day = int(m["a"]), int(m["b"])
    return digits(m["a"] + m["b"]) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _emergency(m: re.Match[str]) -> Saying:
    """110, where it is called."""
    near = m.string[max(0, m.start() - 14) : m.start()]
    called = re.search("拨|致电|电话|热线|报警|呼叫|打", near)
    return digits(m[0], telephone=True) if called else None


def _and_more(m: re.Match[str]) -> Saying:
    """1米75, 3块5."""
    return f"{number(m['n'], measured=True)}{m['unit']}{digits(m['to'])}"


def _digits(m: re.Match[str]) -> Saying:
    """90后."""
    return digits(m["y"])


def _decade(m: re.Match[str]) -> Saying:
    """1990年代, 80年代."""
    return digits(m["y"]) if len(m["y"]) == 4 else cardinal(int(m["y"]))


def _years(m: re.Match[str]) -> Saying:
    """2019-2024年."""
    return f"{digits(m['y'])}到{digits(m['to'])}"


def _time(m: re.Match[str]) -> Saying:
    """7:30, 1:02:03."""
    return _clock(m["h"], m["m"], m["s"])


def _hours(m: re.Match[str]) -> Saying:
    """9:00-18:00."""
    return f"{_clock(m['h'], m['m'])}到{_clock(m['h2'], m['m2'])}"


def _ratio(m: re.Match[str]) -> Saying:
    """2:1."""
    return f"{cardinal(int(m['a']))}比{cardinal(int(m['b']))}"


def _percents(m: re.Match[str]) -> Saying:
    """5-10%."""
    return f"百分之{number(m['n'])}到百分之{number(m['to'])}"


def _fraction(m: re.Match[str]) -> Saying:
    """3/4."""
    return f"{cardinal(int(m['b']))}分之{cardinal(int(m['a']))}"


def _frost(m: re.Match[str]) -> Saying:
    """-5℃."""
    return f"零下{number(m['n'])}{_UNITS.get(m['unit'], '度')}"


def _units(m: re.Match[str]) -> Saying:
    """10km."""
    return number(m["n"], measured=True) + _UNITS[m["unit"]]


def _unit_range(m: re.Match[str]) -> Saying:
    """10-20℃."""
    return f"{number(m['n'])}到{number(m['to'])}{_UNITS[m['unit']]}"


def _times(m: re.Match[str]) -> Saying:
    """3×5."""
    return f"{cardinal(int(m['n']))}乘{cardinal(int(m['to']))}"


def _version(m: re.Match[str]) -> Saying:
    """2.0.1."""
    return "点".join(cardinal(int(part)) for part in m[0].split("."))


def _date(m: re.Match[str]) -> Saying:
    """2026-11-22."""
    month, day = int(m["m"]), int(m["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{digits(m['y'])}年 {cardinal(month)}月 {cardinal(day)}日"


def _clock(hour: str, minute: str, second: str | None = None) -> str:
    """8:00 as 八点, 2:30 as 两点半, 9:05 as 九点零五分."""
    said = number(str(int(hour)), measured=True) + "点"
    if second:
        return f"{said}{cardinal(int(minute))}分{cardinal(int(second))}秒"
    if minute == "00":
        return said
    if minute == "30":
        return said + "半"
    zero = "零" if minute[0] == "0" else ""
    return f"{said}{zero}{cardinal(int(minute))}分"


def _telephone(m: re.Match[str]) -> Saying:
    """Digits, with a breath between the groups; a mobile number falls into 3, 4 and 4."""
    numbers = re.findall(r"\d+", m[0])
    if len(numbers) == 1 and len(numbers[0]) == 11:
        numbers = [numbers[0][:3], numbers[0][3:7], numbers[0][7:]]
    return " , ".join(digits(group, telephone=True) for group in numbers)


def _money(m: re.Match[str]) -> Saying:
    """¥3.50 as 三元五角, $1.2万, €5-10."""
    name, scale = _MONEY[m["currency"]], m["scale"] or ""
    if m["to"]:
        return f"{number(m['n'])}到{number(m['to'])}{scale}{name}"
    if name == "元" and not scale:
        return _cash(m["n"], "元")
    return number(_trimmed(m["n"]), measured=True) + scale + name


def _yuan(m: re.Match[str]) -> Saying:
    """3.50元, 3.5块, 12.8万元."""
    if m["scale"]:
        return number(m["n"], measured=True) + m["scale"] + m["currency"]
    return _cash(m["n"], m["currency"])


def _cash(text: str, unit: str) -> str:
    """Yuan, tenths and hundredths."""
    whole, _, cents = text.replace(",", "").partition(".")
    if len(cents) > 2:
        return number(text) + unit
    said = number(whole, measured=True) + unit if int(whole) or not int(cents or 0) else ""
    tenths, hundredths = int((cents + "00")[0]), int((cents + "00")[1])
    zero = "零" if said and hundredths and not tenths else ""
    small = "角" if unit == "元" else "毛"
    said += f"{number(str(tenths), measured=True)}{small}" if tenths else ""
    return said + (f"{zero}{number(str(hundredths), measured=True)}分" if hundredths else "")


def _trimmed(text: str) -> str:
    """Without `.00`."""
    return re.sub(r"\.0+$", "", text)


def _range(m: re.Match[str]) -> Saying:
    return f"{number(m['n'], measured=True)}到{number(m['to'], measured=True)}"


def _lettered(text: str) -> str:
    """5G as 五, 1080P digit by digit."""
    return digits(text) if text.isdigit() and len(text) > 2 else number(text)


def _plain(m: re.Match[str]) -> Saying:
    """2个 as 两个, 2楼 as 二楼, 100 as 一百; an endless row of digits one by one."""
    text = m["n"]
    after = m.string[m.end() : m.end() + 1]
    if text.isdigit() and len(text) > 8:
        return digits(text)
    ordered = after in _ORDER or m.string.startswith(_ORDERED, m.end())
    measured = "\u4e00" <= after <= "\u9fff" and not ordered
    return number(text, measured=measured)
