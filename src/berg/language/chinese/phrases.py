"""What the phrase dictionary reads wrongly or doesn't know, and Traditional forms for looking up.

A Traditional word is looked up by its Simplified form: the dictionaries know few of the others.
"""

from functools import cache

from pypinyin import load_phrases_dict

_TRADITIONAL = (
    "長還種銀髮會計傳彈調樂覺為數應當幹處間轉強興們個來時國說對過這後裡麼無開關門問聽見話學"
    "電車馬魚鳥龍東風雲飛機場買賣錢貨價幾萬億點單雙讓認識讀書寫畫圖館園圓員隊線紅綠藍黃黑"
    "歡迎請謝謝愛戀親媽爺奶歲氣壓溫熱濕乾淨潔髒舊難題類頭腦臉齒腳體熊貓豬雞鴨鵝蟲樹葉橋"
    "條樣標準備產廠廣廳觀歷史歸屬層岸島嶺鄉鎮縣區陸陽陰隱險際陳隨階陝層蘭蘇葉藝術衛護變讚"
    "進遠運動達遊適選遲邊還連郵醫藥療師幫帶幣帳張彎錯鋪鐵鋼錄鍋鏡鐘銷鬧麗麥黨齊龜經濟結給"
    "統編織續維網線總約級紙純細組終練縮繼習聯職聲聰肅腸與舉舊蓋莊華號補裝複襲視規覽觸訂"
    "計訊討記許設訪評詞試詩該詳誤課談論諾謀講證譜警貝負財責貴費資賞賽贏趕趙跡踐輕輛輪輸辦"
    "農遞郵鄰釋鑒閉閱陣雜離雖霧靜響頁順須預領頻顆題願顧顯飯飲飽餐館駐驗驚骨鬆鮮麵黏龐寧寬"
    "實審寫對專將尋導屆屢岡嚴單啟喚嘗團圍場塊塵墊壞壟壯夢奪奮婦嬰孫實寶寵尋專導層崗嶄工巖"
)
_SIMPLIFIED = (
    "长还种银发会计传弹调乐觉为数应当干处间转强兴们个来时国说对过这后里么无开关门问听见话学"
    "电车马鱼鸟龙东风云飞机场买卖钱货价几万亿点单双让认识读书写画图馆园圆员队线红绿蓝黄黑"
    "欢迎请谢谢爱恋亲妈爷奶岁气压温热湿干净洁脏旧难题类头脑脸齿脚体熊猫猪鸡鸭鹅虫树叶桥"
    "条样标准备产厂广厅观历史归属层岸岛岭乡镇县区陆阳阴隐险际陈随阶陕层兰苏叶艺术卫护变赞"
    "进远运动达游适选迟边还连邮医药疗师帮带币帐张弯错铺铁钢录锅镜钟销闹丽麦党齐龟经济结给"
    "统编织续维网线总约级纸纯细组终练缩继习联职声聪肃肠与举旧盖庄华号补装复袭视规览触订"
    "计讯讨记许设访评词试诗该详误课谈论诺谋讲证谱警贝负财责贵费资赏赛赢赶赵迹践轻辆轮输办"
    "农递邮邻释鉴闭阅阵杂离虽雾静响页顺须预领频颗题愿顾显饭饮饱餐馆驻验惊骨松鲜面黏庞宁宽"
    "实审写对专将寻导届屡冈严单启唤尝团围场块尘垫坏垄壮梦夺奋妇婴孙实宝宠寻专导层岗崭工岩"
)
_LOOKED_UP = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_PHRASES = {
    "很长": "hěn cháng", "太长": "tài cháng", "多长": "duō cháng", "最长": "zuì cháng",
    "一行行": "yì háng háng", "一行": "yì háng", "几行": "jǐ háng", "每行": "měi háng",
    "曾国藩": "zēng guó fān", "还钱": "huán qián", "还书": "huán shū", "还款": "huán kuǎn",
    "还债": "huán zhài", "还贷": "huán dài", "还给": "huán gěi", "露面": "lòu miàn",
    "空白": "kòng bái", "勉强": "miǎn qiǎng", "似的": "shì de", "朝阳区": "cháo yáng qū",
    "朝阳公园": "cháo yáng gōng yuán", "重庆": "chóng qìng", "长安": "cháng ān",
    "慢慢地": "màn màn de", "地方": "dì fang", "转动": "zhuàn dòng", "会计": "kuài jì",
    "头发": "tóu fa", "种树": "zhòng shù", "种花": "zhòng huā", "种菜": "zhòng cài",
}  # fmt: skip


def simplified(text: str) -> str:
    """The text with common Traditional characters as Simplified ones, each in its place."""
    return text.translate(_LOOKED_UP)


@cache
def load_phrases() -> None:
    """Teach the dictionary, once a process."""
    load_phrases_dict({word: [[p] for p in read.split()] for word, read in _PHRASES.items()})
