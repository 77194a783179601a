"""Files that lie elsewhere as they are: on a model hub, at an address, in a bucket.

`hf:` goes through huggingface_hub where that is installed, with whatever it is set to (a login,
its faster transfers); else it is fetched as any address, without a token. The hub's address comes
from `HF_ENDPOINT`, or from that client; without either the source is skipped. `s3:` needs a client
that signs, obstore or boto3, which are not installed with berg; credentials are those that the
client finds. What is asked for then is an address signed for an hour.
"""

import datetime
import os
import shutil
import urllib.parse
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from berg.digest import file_sha256
from berg.weights.source import Refused, WeightSource, Wrong
from berg.weights.transfer import download

SIGNED_FOR = datetime.timedelta(hours=1)
"""A broken transfer is signed anew."""


def fetch_file(source: WeightSource, target: Path, *, most: int) -> str:
    """Make `target` hold the file of a source; its SHA-256. What it holds is not fetched again.

    Raises Refused: it can't be had or broke off. Wrong: it is longer than `most` bytes.
    """
    match source.scheme:
        case "hf" if find_spec("huggingface_hub"):
            return _from_client(source, target, most)
        case "hf":
            path = f"{source.package}/resolve/{source.version}/{source.path}"
            address = f"{endpoint()}/{urllib.parse.quote(path)}"
        case "s3":
            address = _signed(source)
        case _:
            address = f"https://{source.package}/{source.path}"
    return download(address, target, name=source.archive, most=most)


def endpoint() -> str:
    """The hub's address, without a slash at its end. Raises Refused if nobody says it."""
    named = os.environ.get("HF_ENDPOINT")
    if not named and find_spec("huggingface_hub"):
        named = str(import_module("huggingface_hub.constants").ENDPOINT)
    if not named:
        raise Refused("the hub's address is unknown: set HF_ENDPOINT or install huggingface_hub")
    if urllib.parse.urlsplit(named).scheme not in ("http", "https"):
        raise Refused(f"HF_ENDPOINT is {named!r}, which is no http or https address")
    return named.rstrip("/")


def _from_client(source: WeightSource, target: Path, most: int) -> str:
    """By the hub's own client, beside the target; its partial transfers are kept for next time."""
    hub, where = import_module("huggingface_hub"), endpoint()
    if target.exists() and target.stat().st_size == most:
        return file_sha256(target)
    folder = target.with_name(f"{target.name}.client")
    named = {"filename": source.path, "revision": source.version, "endpoint": where}
    try:
        size = hub.get_hf_file_metadata(hub.hf_hub_url(source.package, **named)).size
        if size is not None and size > most:
            raise Wrong(f"it is {size} bytes long, more than the {most} bytes expected")
        hub.utils.disable_progress_bars()
        found = hub.hf_hub_download(source.package, **named, local_dir=folder)
    except Refused:
        raise
    except Exception as error:  # of whatever library the client is built on: the next is tried
        raise Refused(f"{source.archive}: {_first_line(error)}") from error
    Path(found).replace(target)
    shutil.rmtree(folder, ignore_errors=True)
    return file_sha256(target)


def _signed(source: WeightSource) -> str:
    """An address at which a bucket's file can be had for a while."""
    sign = _by_obstore if find_spec("obstore") else _by_boto3 if find_spec("boto3") else None
    if sign is None:
        raise Refused(f"{source.archive} needs a client: pip install obstore (or boto3)")
    try:
        return sign(source)
    except Exception as error:  # of the client's own kinds; the next source is tried
        raise Refused(f"{source.archive} can't be asked for: {_first_line(error)}") from error


def _by_obstore(source: WeightSource) -> str:
    obstore, stores = import_module("obstore"), import_module("obstore.store")
    return str(obstore.sign(stores.S3Store(source.package), "GET", source.path, SIGNED_FOR))


def _by_boto3(source: WeightSource) -> str:
    config = import_module("botocore.config").Config(signature_version="s3v4")
    client: Any = import_module("boto3").client("s3", config=config)
    wanted = {"Bucket": source.package, "Key": source.path}
    seconds = int(SIGNED_FOR.total_seconds())
    return str(client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds))


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].partition("?")[0][:200]  # what follows in an address may be a signature
