"""What may be asked of postcards, and how a brief writes it."""

from typing import Annotated, Literal

from berg.brief.forms import Colour, Pictures, Text
from berg.schema.brief import Ask, ByLanguage
from berg.schema.media import Source


class PostcardAsk(Ask):
    """A postcard for each picture and language."""

    kind: Literal["postcard"] = "postcard"
    name: str = "postcard"
    greeting: Annotated[ByLanguage, Text("what the card says", 60)]
    pictures: Annotated[tuple[Source, ...], Pictures("postcards show pictures")]
    ink: Annotated[str, Colour()] = "#16202A"
