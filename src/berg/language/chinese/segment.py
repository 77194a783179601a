"""Chinese word boundaries by jieba's dictionary, loaded once per process.

jieba would keep a cache in the shared temporary folder, which others may write to: its dictionary
is read afresh instead (about a second).
"""

import logging
from functools import cache

import jieba

from berg.language.chinese.phrases import simplified


@cache
def _tokenizer() -> "jieba.Tokenizer":
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def segment(run: str) -> list[str]:
    """Words that joined give the run."""
    words, at = [], 0
    for word in _tokenizer().cut(simplified(run), HMM=True):
        words.append(run[at : at + len(word)])
        at += len(word)
    return words


def is_word(text: str) -> bool:
    """Whether the dictionary has it as a word."""
    return bool(_tokenizer().FREQ.get(simplified(text)))
