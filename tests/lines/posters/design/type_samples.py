"""Copies and a press for the tests of posters' type."""

from collections.abc import Sequence
from typing import Any

from berg.lines.posters.design.places import places_of
from berg.lines.posters.design.typeset import Copy

PALETTE = ("#0B3954", "#FF6663", "#FFF4E0")
SIZES = [(1080, 1350), (1080, 1080), (1920, 1080), (1080, 1920), (874, 1240), (600, 240)]
TEXTS = {
    "en": ("Cold water. Warm coffee.", "Roasted before dawn, at your door tomorrow.", "Order now"),
    "zh": ("冷水，暖咖啡。", "小批慢烘，清晨出炉，第二天就到你家门口。", "立即预订"),
}
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def copy(layout: str, size: tuple[int, int] = (1080, 1350), **more: Any) -> Copy:
    """A poster's copy, complete but for what is said otherwise."""
    language = more.get("language", "en")
    headline, body, cta = TEXTS[language]
    with_picture = more.get("with_picture", True)
    places: Sequence[str] = places_of(layout, *size, with_picture=with_picture)
    told: dict[str, Any] = {
        "headline": headline, "body": body, "cta": cta, "brand": "Tidewater", "language": language,
        "palette": PALETTE, "family": "Inter", "scheme": "dark", "place": places[0],
        "with_picture": with_picture,
    }  # fmt: skip
    return Copy(layout=layout, width=size[0], height=size[1], **(told | more))
