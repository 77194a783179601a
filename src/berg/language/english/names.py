"""Names whose spelling no rule explains and no lexicon here has: a table, in American sounds."""

NAMES = {
    "aoife": "ˈifə", "caoimhe": "kwˈivə", "niamh": "nˈiv", "saoirse": "sˈɜɹʃə",
    "siobhan": "ʃəvˈɔn", "sinead": "ʃənˈAd", "ciaran": "kˈɪɹən", "padraig": "pˈɔdɹɪɡ",
    "eoin": "ˈOən", "nguyen": "wˈɪn", "xi": "ʃˈi", "qi": "ʧˈi", "zhang": "ʤˈɑŋ", "zhou": "ʤˈO",
    "xu": "ʃˈu", "qing": "ʧˈɪŋ", "xiaomi": "ʃˌWmˈi", "huawei": "hwˈɑwˌA", "joaquin": "wɑkˈin",
    "joao": "ʒwˈW", "kubernetes": "kˌubəɹnˈɛɾiz", "nginx": "ˈɛnʤənˌɛks", "linux": "lˈɪnəks",
    "sql": "sˈikwəl", "chatgpt": "ʧˌætʤˌipˌitˈi", "iphone": "ˈIfˌOn", "ipad": "ˈIpˌæd",
    "ebay": "ˈibˌA", "ios": "ˌIˌOˈɛs",
}  # fmt: skip
"""Lower-case spelling to Kokoro's phonemes."""
