"""Marking: what must be seen, heard and hidden in a deliverable; a profile is a law's part."""

from typing import Literal

from pydantic import Field

from berg.schema._base import Frozen

LabelPlace = Literal["top-left", "top-right", "bottom-left", "bottom-right"]


class Profile(Frozen):
    """How deliverables are labelled: a small file, one of berg's own or the user's."""

    name: str
    """`cn`, `eu`, `both`, `none`, or the name of the user's own."""
    texts: dict[str, str] = Field(default_factory=dict)
    """What a picture or film says, by language, when it is generated as a whole."""
    voice_texts: dict[str, str] = Field(default_factory=dict)
    """The same when the voice alone is generated, and the pictures are not."""
    spoken: dict[str, str] = Field(default_factory=dict)
    """What is said in a deliverable of sound alone, by language."""
    sound: Literal["spoken", "rhythm", "both", "none"] = "none"
    """How a deliverable of sound alone is labelled; `both`: the rhythm, then the sentence."""
    place: LabelPlace = "top-left"
    height: int = 50
    """Height of the label's type (its em), thousandths of the picture's shorter side."""
    metadata: bool = False
    """Whether the AIGC label goes into the file."""

    @property
    def visible(self) -> bool:
        """Whether anything is to be seen."""
        return bool(self.texts)


class Marks(Frozen):
    """What a brief asks for: label, watermark, and what is said of how it was made."""

    profile: Profile
    watermark: bool = True
    producer: str | None = None
    """The content producer's code (27 characters, GB 45438-2025); never invented."""
    disclose: tuple[Literal["script"], ...] = ()
    """Texts that the manifest holds in full; of the others it holds digests."""
    key: str | None = None
    """Id of the watermark key; no brief says it, the service does."""


NO_PROFILE = Profile(name="none")

UNMARKED = Marks(profile=NO_PROFILE, watermark=False)
"""For briefs made in code; one that is read from a file gets the profile `both` and a watermark."""
