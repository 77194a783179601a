"""Postcards, declared: the line, and all that berg must know of it."""

from berg.markup import address
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.line import LineKind, OwnFiles, Section
from berg.schema.origin import Origin
from berg.schema.promised import Promised
from berg_postcard.ask import PostcardAsk
from berg_postcard.card import FONT, MODEL, print_card


async def postcards(do: Do, ask: PostcardAsk, brief: Brief) -> None:
    """A card for each picture and language; a picture that is there twice is one."""
    key = brief.marks.key if brief.marks.watermark else None
    pictures = {picture.asset.sha256[:8]: picture for picture in ask.pictures}
    for language in brief.languages:
        greeting = ask.greeting[language]
        for name, picture in pictures.items():  # named by content: no edit elsewhere moves it
            step = print_card(picture=picture.asset, greeting=greeting, ink=ask.ink, mark=key)
            card = do(step, name=f"{ask.name}/{language}/{name}")
            path = f"{ask.name}.{language}.{name}.jpg"
            origin = Origin(title=brief.title, texts={"greeting": greeting})
            do.deliver(Promised(
                asset=card.image, name=ask.name, language=language, path=path,
                marks=(card.mark,), origin=origin,
            ))  # fmt: skip


def section(shown: OwnFiles) -> Section:
    """The cards on the page of the delivery."""
    cards = "".join(f'<img src="{address(file.path)}" alt="">' for file in shown.files)
    style = ".postcards img { width: 100%; margin-block: 1rem; }\n"
    return Section(body=f'<div class="postcards">{cards}</div>', style=style)


POSTCARD = LineKind(
    about="a postcard for each picture and language",
    ask=PostcardAsk,
    line=postcards,
    steps=(print_card,),
    weights=lambda ask, brief: (MODEL, FONT),  # all that its steps may open
    fonts=(FONT,),
    section=section,
    guide="the README of berg-postcard",
)
