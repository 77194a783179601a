"""Words by which a text claims something: numbers, dates, prices, ranks. Tables, no rules."""

from berg.language.bag import bag

_COUNTED = {
    0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven",
    8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve dozen", 13: "thirteen",
    14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen",
    20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty",
    90: "ninety", 100: "hundred", 1000: "thousand", 1000000: "million", 1000000000: "billion",
}  # fmt: skip
VALUES = {word: value for value, words in _COUNTED.items() for word in words.split()}
"""English number words and what they count."""
ORDERS = bag(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth once twice thrice double triple
    half quarter dozens hundreds thousands millions billions
    """
)
DATES = bag(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays january february april june july august september october november
    december weekend weekends weekday today tomorrow tonight yesterday spring summer autumn winter
    christmas easter halloween thanksgiving valentine week weeks month months year years hour hours
    minute minutes seconds century decade days nightly weekly monthly daily noon midnight since
    o'clock
    """
)
"""Words of the calendar and the clock. `may` and `march` count only with a capital."""
MONTHS_TOO = bag("may march mon tue wed thu fri sat sun jan feb apr jun jul aug sep sept oct nov")
PRICES = bag(
    """
    dollar dollars euro euros pound pounds penny pence cent cents yen yuan usd eur gbp cny rmb price
    prices priced pricing free cheap cheaper cheapest cost costs sale sales off discount discounts
    offer offers deal deals bargain save saves saving savings refund coupon voucher affordable
    interest percent pay pays paid
    """
)
RANKS = bag(
    """
    best most top finest greatest leading unbeatable ultimate perfect perfectly guaranteed guarantee
    guarantees promise promises proven certified award winning exclusive unique original authentic
    instant instantly forever always never only all none nothing nobody no without official
    premium luxury superior world-class favourite favorite famous trusted safe safest safely
    risk organic natural naturally sustainable green eco vegan healthy health healthier heals cure
    cures clinically pure purest real genuine handmade handcrafted homemade local fresh freshest
    artisan ethical unlimited unmatched unrivalled incomparable number-one
    """
)
"""Ranks, guarantees and proofs."""
NOT_RANKS = bag(
    """
    rest nest west east forest guest honest harvest interest test request invest quest chest crest
    modest protest contest suggest digest tempest arrest vest pest zest fest lest breast dearest
    everest
    """
)
"""Words on -est that are no superlatives."""

CHINESE_DATES = bag(
    """
    今天 明天 昨天 今晚 明晚 后天 周末 周一 周二 周三 周四 周五 周六 周日 星期 礼拜 今年 明年 去年
    本周 本月 元旦 春节 除夕 元宵 清明 端午 七夕 中秋 国庆 重阳 圣诞 双十一 情人节 母亲节 父亲节
    春季 夏季 秋季 冬季 春天 夏天 秋天 冬天 百年 千年 老字号
    """
)
CHINESE_PRICES = bag(
    """
    元 块钱 免费 优惠 特价 打折 折扣 降价 便宜 省钱 满减 半价 促销 赠 价 折 红包 返现 秒杀 包邮 划算
    """
)
CHINESE_RANKS = bag(
    """
    最 第一 唯一 顶级 极致 极品 绝对 保证 永久 永远 独家 首个 首家 首选 国家级 世界级 全球 全国 全网
    冠军 王牌 史上 史无前例 万能 根治 治愈 无敌 完美 正宗 纯天然 天然 有机 健康 安全 专利 认证 权威
    领先 金奖 百分百 零风险 无添加 不含 特效 疗效 驰名 免检
    """
)
"""Absolute terms (article 9 of China's Advertising Law forbids the highest of them), guarantees,
proofs and cures."""
