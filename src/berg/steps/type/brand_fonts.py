"""What every step that sets type opens: the fonts of a brand, and the tools."""

from berg.schema.brief import Brand

TOOLS = ("typst", "pillow", "opencv-contrib-python-headless")
"""Whose versions are in the keys of set type."""


def fonts_of(brand: Brand) -> tuple[str, ...]:
    """Catalogue names of the fonts that set a brand's type: its own, and one for Han."""
    own = brand.font.lower().replace(" ", "-")
    return tuple(dict.fromkeys((own, "inter", "noto-sans-cjk-sc")))
