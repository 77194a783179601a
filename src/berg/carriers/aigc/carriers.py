"""Which carrier a format's label has: one row per format, and the two functions that serve it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from berg.carriers.aigc import (
    flac,
    gif,
    id3,
    jpeg,
    matroska,
    mp4,
    ogg,
    ooxml,
    png,
    riff,
    sidecar,
    text,
    tiff,
)
from berg.carriers.aigc.kinds import OTHER
from berg.carriers.aigc.places import PlacedText
from berg.carriers.aigc.source import OutputPiece, SourceFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """How one format carries the label."""

    right: str
    """The place that the guides name, as `texts` names it."""
    texts: Callable[[SourceFile], Iterator[PlacedText]]
    """All labels in a file, in every place that is known. Raises MediaError on damage."""
    labelled: Callable[[SourceFile, str], Iterable[OutputPiece]]
    """The file with one label, the given JSON. Raises MediaError on damage."""


def _pdf_texts(file: SourceFile) -> Iterator[PlacedText]:
    from berg.carriers.aigc import pdf  # half a second, which no other command should wait for

    yield from pdf.texts(file)


def _pdf_labelled(file: SourceFile, text: str) -> Iterable[OutputPiece]:
    from berg.carriers.aigc import pdf

    return pdf.labelled(file, text)


CARRIERS: dict[str, Carrier] = {
    "PNG": Carrier(right=png.RIGHT, texts=png.texts, labelled=png.labelled),
    "JPEG": Carrier(right=jpeg.RIGHT, texts=jpeg.texts, labelled=jpeg.labelled),
    "WebP": Carrier(right=riff.RIGHT["WebP"], texts=riff.texts, labelled=riff.labelled),
    "WAV": Carrier(right=riff.RIGHT["WAV"], texts=riff.texts, labelled=riff.labelled),
    "AVI": Carrier(right=riff.RIGHT["AVI"], texts=riff.texts, labelled=riff.labelled),
    "MP4": Carrier(right=mp4.RIGHT, texts=mp4.texts, labelled=mp4.labelled),
    "MP3": Carrier(right=id3.RIGHT, texts=id3.texts, labelled=id3.labelled),
    "GIF": Carrier(right=gif.RIGHT, texts=gif.texts, labelled=gif.labelled),
    "TIFF": Carrier(right=tiff.RIGHT, texts=tiff.texts, labelled=tiff.labelled),
    "Matroska": Carrier(right=matroska.RIGHT, texts=matroska.texts, labelled=matroska.labelled),
    "FLAC": Carrier(right=flac.RIGHT, texts=flac.texts, labelled=flac.labelled),
    "Ogg": Carrier(right=ogg.RIGHT, texts=ogg.texts, labelled=ogg.labelled),
    "PDF": Carrier(right="PDF Info /AIGC", texts=_pdf_texts, labelled=_pdf_labelled),
    "OOXML": Carrier(right=ooxml.RIGHT, texts=ooxml.texts, labelled=ooxml.labelled),
    "Markdown": Carrier(
        right=text.RIGHT["Markdown"], texts=text.markdown_texts, labelled=text.markdown_labelled
    ),
    "WebVTT": Carrier(right=text.RIGHT["WebVTT"], texts=text.vtt_texts, labelled=text.vtt_labelled),
    OTHER: Carrier(right=sidecar.RIGHT, texts=sidecar.texts, labelled=sidecar.labelled),
}


def carrier_for(kind: str) -> Carrier:
    """The carrier of a format; the sidecar's for one that has none."""
    return CARRIERS.get(kind, CARRIERS[OTHER])
