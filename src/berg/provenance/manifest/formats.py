"""Which media types hold a manifest inside, and how the library calls them."""

from pathlib import Path

EMBEDS = {
    "image/jpeg": "image/jpeg",
    "image/png": "image/png",
    "image/webp": "image/webp",
    "image/svg+xml": "image/svg+xml",
    "image/gif": "image/gif",
    "image/tiff": "image/tiff",
    "image/avif": "image/avif",
    "image/heic": "image/heic",
    "image/heif": "image/heif",
    "audio/wav": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/mpeg": "audio/mpeg",
    "audio/mp3": "audio/mpeg",
    "audio/flac": "audio/flac",
    "audio/mp4": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "video/mp4": "video/mp4",
    "video/quicktime": "video/quicktime",
    "application/pdf": "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""Media type to the library's format; all others get a file beside them."""
UNKNOWN = "application/octet-stream"
"""What the library is told of a file whose manifest lies beside it."""


_BY_NAME = {
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mov": "video/quicktime",
    "svg": "image/svg+xml",
}
_NAMED = ("png", "jpeg", "webp", "gif", "tiff", "avif", "heic", "heif", "wav", "flac", "mp4")
_DOCUMENTS = ("pdf", "docx", "pptx", "xlsx")


def format_by_name(path: Path) -> str | None:
    """The library's format by a file's name: a hint, for kinds that bytes don't tell apart."""
    suffix = path.suffix.lower().removeprefix(".")
    return _BY_NAME.get(suffix) or (suffix if suffix in (*_NAMED, *_DOCUMENTS) else None)


def embeds(media_type: str) -> str | None:
    """The library's format for a type that holds a manifest inside, else None."""
    return EMBEDS.get(media_type.partition(";")[0].strip().lower())
