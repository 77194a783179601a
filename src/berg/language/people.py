"""Whether a sentence speaks of a person. English by words, Chinese by what it contains."""

import re
from collections.abc import Iterable

from berg.language.bag import bag

PEOPLE = bag(
    """
    i me my myself he him his himself she her hers herself who whose someone somebody anyone
    everyone everybody nobody people person man men woman women boy boys girl girls child children
    kid kids baby babies adult adults human humans mother father mum mom dad parent parents
    grandmother grandfather grandma grandpa sister brother daughter son wife husband family families
    friend friends neighbour neighbours neighbor neighbors guest guests visitor visitors customer
    customers client clients crowd team crew colleague colleagues worker workers owner owners boss
    founder founders director directors manager managers chef chefs cook cooks baker bakers barista
    baristas farmer farmers fisherman fishermen sailor sailors captain teacher teachers student
    students pupil pupils doctor doctors nurse nurses patient patients scientist scientists
    engineer engineers researcher researchers professor astronaut astronauts pilot pilots driver
    drivers artist artists painter painters poet poets writer writers author authors musician
    musicians singer singers dancer dancers actor actors photographer photographers designer
    designers architect architects president minister mayor king queen prince princess soldier
    soldiers athlete athletes player players runner runners climber climbers hiker hikers
    traveller travellers traveler travelers tourist tourists curator host hosts speaker speakers
    winner winners mr mrs ms dr face faces portrait smile smiles smiling
    """
)
"""English words that speak of somebody. Not `we` and `you`: adverts say those of everything."""
_CHINESE = re.compile(
    r"她|(?<!其)(?<!吉)他(?!日|乡)|谁|我(?!们|国|省|市)|有人|人们|众人|客人|主人|老人|女人|男人|工人|诗人|商人|猎人|渔夫|"
    r"孩|儿童|婴|少年|少女|姑娘|小伙|男子|女子|女士|先生|小姐|太太|夫人|老板|掌柜|师傅|老师|学生|医生|护士|"
    r"农民|渔民|居民|市民|游客|顾客|旅客|乘客|观众|朋友|邻居|家人|父亲|母亲|爸|妈|爷爷|奶奶|兄弟|姐妹|"
    r"哥哥|弟弟|姐姐|妹妹|儿子|女儿|丈夫|妻子|厨师|咖啡师|面包师|工程师|设计师|摄影师|建筑师|科学家|画家|"
    r"作家|音乐家|艺术家|航天员|宇航员|飞行员|司机|船长|水手|演员|歌手|舞者|运动员|教练|球员|选手|研究员|"
    r"教授|馆长|校长|总统|市长|部长|创始人|负责人|团队|面孔|笑容|微笑|肖像"
)
_WORD = re.compile(r"[^\W\d_]+")


def speaks_of_person(texts: Iterable[str]) -> bool:
    """Whether a sentence, given in any of its languages, speaks of a person."""
    return any(_speaks(text) for text in texts)


def _speaks(text: str) -> bool:
    return bool(_CHINESE.search(text)) or any(
        word.casefold() in PEOPLE for word in _WORD.findall(text)
    )
