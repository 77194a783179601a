"""Chinese as written against Chinese as said: a fixed table, and the law of written words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.language.chinese.normalise import normalise
from berg.language.wording import join, tidy

CASES = [
    # numbers
    ("一共105人", "一共一百零五人"),
    ("有12,800种", "有一万两千八百种"),
    ("100200个", "十万零两百个"),
    ("2个苹果", "两个苹果"),
    ("12个", "十二个"),
    ("2楼", "二楼"),
    ("第2名", "第二名"),
    ("圆周率是3.14", "圆周率是三点一四"),
    ("特工007", "特工零零七"),
    ("1.2亿人", "一点二亿人"),
    ("20000000元", "两千万元"),
    # dates
    ("2026年11月22日", "二零二六年十一月二十二日"),
    ("2026-11-22", "二零二六年十一月二十二日"),
    ("2019-2024年", "二零一九到二零二四年"),
    ("1990年代", "一九九零年代"),
    ("80年代", "八十年代"),
    ("90后喜欢", "九零后喜欢"),
    ("5月9日", "五月九日"),
    ("2月2日", "二月二日"),
    # times
    ("早上7:30开门", "早上七点半开门"),
    ("14:05出发", "十四点零五分出发"),
    ("9:00-18:00", "九点到十八点"),
    ("2:00见", "两点见"),
    ("比分是2:1", "比分是二比一"),
    ("用时1:02:03", "用时一点二分三秒"),
    # money
    ("¥3.50", "三元五角"),
    ("只要￥18", "只要十八元"),
    ("3.5元", "三元五角"),
    ("12.8万元", "十二点八万元"),
    ("$20", "二十美元"),
    ("€5-10", "五到十欧元"),
    ("£1.20", "一点二零英镑"),
    ("¥0.05", "五分"),
    # shares, units, ranges
    ("增长30%", "增长百分之三十"),
    ("5%-10%的人", "百分之五到百分之十的人"),
    ("5-10%", "百分之五到百分之十"),
    ("完成3/4", "完成四分之三"),
    ("10km", "十公里"),
    ("2kg豆子", "两公斤豆子"),
    ("-5℃", "零下五摄氏度"),
    ("10~20℃", "十到二十摄氏度"),
    ("时速120km/h", "时速一百二十公里每小时"),
    ("3-5天", "三到五天"),
    ("3×5", "三乘五"),
    ("500ml的牛奶", "五百毫升的牛奶"),
    # telephone
    ("电话13800138000", "电话 幺三八, 零零幺三, 八零零零"),
    ("400-820-8820", "四零零, 八二零, 八八二零"),
    ("请拨打10086", "请拨打 幺零零八六"),
    # names, codes, events, scores, spans
    ("支持USB3.0接口，排名No.1", "支持 USB 三点零接口, 排名第一"),
    ("Python3.12、iOS17.4、Wi-Fi 6、PM2.5", "Python 三点一二, iOS 十七点四, Wi-Fi 六, PM 二点五"),
    ("iPhone15 Pro、A4纸、F1赛车", "iPhone 十五 Pro, A 四纸, F 一赛车"),
    ("航班CA1234", "航班 CA 一二三四"),
    ("第22条，2年级，方案2", "第二十二条, 二年级, 方案二"),
    ("二等奖2个，2等奖", "二等奖两个, 二等奖"),
    ("请拨打12306或110", "请拨打幺二三零六或幺幺零"),
    ("共110人", "共一百一十人"),
    ("房间号302，验证码8042，邮编100080", "房间号三零二, 验证码八零四二, 邮编一零零零八零"),
    ("到302室来", "到三零二室来"),
    ("身高1米75，3块5", "身高一米七五, 三块五"),
    ("3.15晚会，618大促，双11", "三一五晚会, 六一八大促, 双十一"),
    ("比分3-0，以2-1战胜", "比分三比零, 以二比一战胜"),
    ("9点-21点，周一-周五", "九点到二十一点, 周一到周五"),
    ("-5℃~10℃", "零下五摄氏度到十摄氏度"),
    ("10÷2≥5", "十除以二大于等于五"),
    ("x≠3，y≈2.5，±1", "x 不等于三, y 约等于二点五, 正负一"),
    ("500mAh，2025-2026赛季", "五百毫安时, 二零二五到二零二六赛季"),
    # mixed, versions, marks
    ("用5G上网", "用 五 G 上网"),
    ("版本2.0.1", "版本 二点零点一"),
    ("我爱coffee time！", "我爱 coffee time!"),
    ("发邮件到hello@tidewater.com。", "发邮件到 hello at tidewater dot com."),
    ("我们的App很好用", "我们的 App 很好用"),
    ("“你好，”他说。", "“你好,” 他说."),
    ("《港口》开演了！！！", "“港口” 开演了!"),
    ("好消息🎉", "好消息"),
    ("等等……好", "等等… 好"),
]  # fmt: skip


def squeezed(said: str) -> str:
    """Without spaces between Chinese words, which say nothing here."""
    return said.replace(" ", "")


@pytest.mark.parametrize(("written", "said"), CASES)
def test_chinese_is_said_as_people_say_it(written: str, said: str) -> None:
    assert squeezed(normalise(written).spoken) == squeezed(said)


def test_a_price_is_one_written_word() -> None:
    wording = normalise("一杯¥3.50，好", lambda run: [run])
    assert [w.text for w in wording.written] == ["一杯", "¥3.50，", "好"]


def test_opening_marks_cling_to_the_word_that_they_open() -> None:
    wording = normalise("他说：“你好！”", lambda run: [run])
    assert [w.text for w in wording.written] == ["他说：", "“你好！”"]


def test_segmented_words_are_written_words() -> None:
    wording = normalise("我们开始。", lambda run: [run[:2], run[2:]])
    assert [w.text for w in wording.written] == ["我们", "开始。"]


_SPICE = st.text(
    st.sampled_from("咖啡一不儿2 90.,:-~/%¥元年月日点，。！“”《》（）aB@#\U0001f389\u202e\t")
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_SPICE, st.text()))
def test_written_words_joined_give_the_text(text: str) -> None:
    wording = normalise(text, list)
    assert join(wording.written) == tidy(text)
    places = [token.at for token in wording.tokens if token.kind != "punctuation"]
    assert places == sorted(places)
    assert set(places) == set(range(len(wording.written))) or not places
