"""Reading `provenance:`, how what is made is labelled, watermarked and described."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from berg.brief.faults import Faults, did_you_mean, listed
from berg.brief.fields import Field
from berg.brief.paths import Folder, is_plain_file
from berg.brief.producer import producer_fault
from berg.brief.profiles import OWN, own_profile, read_profile
from berg.media.type.coverage import missing_glyphs
from berg.schema.marking import Marks, Profile

KEYS = ("region", "label", "watermark", "producer", "disclose")
REGIONS = {"eu": "eu", "china": "cn", "world": "both"}
"""Where what is made will be seen, and the profile of its laws."""


def read_provenance(
    field: Field | None, *, languages: Sequence[str], folder: Folder, fonts: Sequence[Path] = ()
) -> Marks | None:
    """The marks; berg's own if the brief says nothing; None after a fault.

    `fonts` are those that labels are set in; without any, the step that sets them looks.
    """
    guessed = own_profile(REGIONS[region_of(languages)])
    if field is None:
        return Marks(profile=guessed)
    before = len(field.faults)
    fields = field.pairs(KEYS, what="a map: {label: …, watermark: …}")
    if fields is None:
        return None
    profile = guessed
    if "region" in fields and (region := fields["region"].choice(REGIONS)):
        profile = own_profile(REGIONS[region])
    if "region" in fields and "label" in fields:
        fields["label"].fault(f"{field.path}: region says which label it is; write one of both")
    elif "label" in fields:
        profile = _Label(fields["label"], languages, folder, fonts).read() or profile
    watermark = _flag(fields["watermark"]) if "watermark" in fields else True
    producer = _producer(fields["producer"]) if "producer" in fields else None
    disclose = _disclose(fields["disclose"]) if "disclose" in fields else ()
    if len(field.faults) > before:
        return None
    return Marks(profile=profile, watermark=watermark, producer=producer, disclose=disclose)


def region_of(languages: Sequence[str]) -> str:
    """Where what is made in these languages will be seen, as far as they tell."""
    return "world" if "zh" in languages else "eu"


class _Label:
    def __init__(
        self, field: Field, languages: Sequence[str], folder: Folder, fonts: Sequence[Path]
    ) -> None:
        self.field = field
        self.languages = languages
        self.folder = folder
        self.fonts = fonts

    def read(self) -> Profile | None:
        word = self.field.word()
        if word in OWN:
            return own_profile(word)
        if word.lower().endswith(".toml"):
            return self._from_file()
        return self.field.wants(
            f"{listed(OWN)}, or the path of your own, such as my-label.toml"
            f"{did_you_mean(word, OWN) if word else ''}"
        )

    def _from_file(self) -> Profile | None:
        path = self.folder.find(self.field, "a profile's path")
        if path is None:
            return None
        if not is_plain_file(path):
            return self.field.fault(f"{self.field.path}: {path.name} is no plain file")
        found = read_profile(path)
        wrong = self._unfit(found) if isinstance(found, Profile) else found
        for message in wrong:
            self.field.fault(f"{self.field.path}: {self.folder.name_of(path)}: {message}")
        return found if isinstance(found, Profile) and not wrong else None

    def _unfit(self, profile: Profile) -> list[str]:
        """What this brief's languages lack in a profile, and what the fonts lack for it."""
        groups = {
            "texts": profile.texts,
            "voice_texts": profile.voice_texts,
            "spoken": profile.spoken,
        }
        wrong = [
            f"{key}: {language} is missing; this brief has that language"
            for key, texts in groups.items()
            for language in self.languages
            if texts and language not in texts
        ]
        for key in ("texts", "voice_texts"):
            missing = missing_glyphs("".join(groups[key].values()), self.fonts)
            if self.fonts and missing:
                wrong.append(f"{key}: no font has {Faults.quote(missing)}; write it otherwise")
        return wrong


def _flag(field: Field) -> bool:
    return field.choice(("true", "false")) == "true"


def _producer(field: Field) -> str | None:
    code = field.text("a producer code of 27 characters", most=100)
    wrong = producer_fault(code) if code else ""
    return field.fault(f"{field.path}: {wrong}") if wrong else code


def _disclose(field: Field) -> tuple[Literal["script"], ...]:
    items = field.items("a list: [script]", least=0, most=1) or []
    return tuple("script" for item in items if item.choice(("script",)))
