"""The ring of keys: made once, whole, for its owner alone, and still there after anything."""

import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.carriers.watermark.found import MarkKey
from berg.errors import RequestError
from berg.provenance.keys import KeyRing, KeysError
from berg.provenance.keys.signer import raw_of, sign_with, verify_raw
from tests.provenance.certificates import ec

MAKE = "import sys; from pathlib import Path; from berg.provenance.keys import KeyRing; "
INIT = MAKE + "KeyRing.open(Path(sys.argv[1])).init()"
ROTATE = MAKE + "KeyRing.open(Path(sys.argv[1])).rotate()"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BERG_KEYS_PASSPHRASE", raising=False)
    monkeypatch.delenv("BERG_TIMESTAMP_URL", raising=False)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    made = KeyRing.open(tmp_path / "keys")
    made.init(name="Studio")
    return made


def test_opening_makes_nothing(tmp_path: Path) -> None:
    assert not KeyRing.open(tmp_path / "keys").ready()
    assert not (tmp_path / "keys").exists()


def test_without_keys_what_to_do_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match="berg keys init"):
        KeyRing.open(tmp_path / "keys").signer()


def test_the_second_to_init_finds_the_first_ones_keys(ring: KeyRing, tmp_path: Path) -> None:
    before = ring.record()
    KeyRing.open(tmp_path / "keys").init(name="Somebody else")
    assert KeyRing.open(tmp_path / "keys").record() == before


def test_keys_are_for_their_owner_alone(ring: KeyRing, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    secrets = [path for path in folder.iterdir() if path.name != "door"]
    assert len(secrets) == 7
    assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o600}


def test_a_key_that_others_could_read_is_refused(ring: KeyRing, tmp_path: Path) -> None:
    for path in (tmp_path / "keys").glob("signer-*.key"):
        path.chmod(0o644)
    with pytest.raises(KeysError, match="chmod 600"):
        KeyRing.open(tmp_path / "keys").signer()


def test_the_leaf_is_issued_by_the_authority_for_signing_alone(ring: KeyRing) -> None:
    leaf = x509.load_pem_x509_certificate(ring.signer().chain_pem)
    root = x509.load_pem_x509_certificate(ring.anchors())
    leaf.verify_directly_issued_by(root)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert not usage.value.key_cert_sign
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0


def test_neither_user_nor_machine_is_named_unless_asked_for(tmp_path: Path) -> None:
    ring = KeyRing.open(tmp_path / "keys")
    ring.init()
    assert ring.signer().name.startswith("berg ")
    assert len(ring.signer().name) == len("berg 01234567")


def test_what_the_signer_signs_its_certificate_verifies(ring: KeyRing) -> None:
    signer = ring.signer()
    public = x509.load_pem_x509_certificate(signer.chain_pem).public_key()
    signature = signer.sign(b"claim")
    assert len(signature) == 64
    verify_raw(public, "es256", signature, b"claim")  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from((ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)), st.binary(max_size=40))
def test_der_and_raw_are_the_same_signature(curve: type[ec.EllipticCurve], data: bytes) -> None:
    key = ec.generate_private_key(curve())
    alg = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}[curve.name]
    raw = sign_with(key, alg, data)  # type: ignore[arg-type]
    half = len(raw) // 2
    r, s = int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
    from_der = raw_of(serialized(r, s), alg)  # type: ignore[arg-type]
    assert from_der == raw_of(raw, alg) == raw  # type: ignore[arg-type]


def serialized(r: int, s: int) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    return encode_dss_signature(r, s)


def test_a_rotated_ring_signs_and_marks_anew_and_forgets_nothing(ring: KeyRing) -> None:
    old_signer, old_mark, log = ring.signer(), ring.mark_key(), ring.log_key().public_key()
    ring.rotate()
    assert ring.signer().id != old_signer.id
    assert ring.mark_key() != old_mark
    assert ring.mark_keys() == (ring.mark_key(), old_mark)
    assert ring.log_key().public_key() == log
    assert {one.id for one in ring.record().signers} >= {old_signer.id, ring.signer().id}


def test_tenants_have_keys_of_their_own(ring: KeyRing) -> None:
    ours = ring.mark_key()
    ring.rotate(tenant="acme")
    theirs = ring.mark_key()
    assert theirs.secret != ours.secret
    assert [(one.tenant, one.epoch) for one in ring.record().marks] == [
        ("acme", 1),
        ("default", 1),
    ]
    ring.rotate()
    assert next((one.tenant, one.epoch) for one in ring.record().marks) == ("acme", 2)


@pytest.mark.parametrize("tenant", ["../x", "a b", "é", "x" * 65, "a\n"])
def test_a_tenant_has_a_plain_name(ring: KeyRing, tenant: str) -> None:
    with pytest.raises(RequestError, match="tenant"):
        ring.rotate(tenant=tenant)


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_any_secret_comes_back_from_its_file_bit_by_bit(secret: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric import x25519

    from berg.provenance.keys.secret import parse_key, pkcs8

    key = x25519.X25519PrivateKey.from_private_bytes(MarkKey.of(secret).secret)
    back = parse_key(pkcs8(key, None), None, where="key")
    raw = back.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    assert raw == secret


def test_a_passphrase_locks_every_private_key(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made = KeyRing.open(folder)
    made.init(passphrase="open sesame")
    for path in folder.glob("*.key"):
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes()
    with pytest.raises(KeysError, match="BERG_KEYS_PASSPHRASE"):
        KeyRing.open(folder).mark_key()
    with pytest.raises(KeysError, match="doesn't open"):
        KeyRing.open(folder, passphrase="wrong").signer()
    assert KeyRing.open(folder, passphrase="open sesame").mark_key() == made.mark_key()


def test_the_passphrase_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERG_KEYS_PASSPHRASE", "from outside")
    KeyRing.open(tmp_path / "keys").init()
    monkeypatch.delenv("BERG_KEYS_PASSPHRASE")
    ring = KeyRing.open(tmp_path / "keys")
    assert ring.locked()
    with pytest.raises(KeysError, match="locked"):
        ring.rotate()
    assert len(ring.record().marks) == 1


def test_a_damaged_ring_is_said_and_the_keys_stay(ring: KeyRing, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    (folder / "ring.json").write_text("{", encoding="utf-8")
    keys = sorted(path.name for path in folder.glob("*.key"))
    with pytest.raises(KeysError, match="damaged"):
        KeyRing.open(folder).signer()
    KeyRing.open(folder).init()
    assert sorted(path.name for path in folder.glob("*.key")) == keys


def test_a_key_swapped_for_another_is_noticed(ring: KeyRing, tmp_path: Path) -> None:
    ring.rotate()
    first, second = (tmp_path / "keys" / f"mark-{one.id}.key" for one in ring.record().marks)
    first.write_bytes(second.read_bytes())
    with pytest.raises(KeysError, match="another key"):
        KeyRing.open(tmp_path / "keys").mark_key()


def test_many_who_init_at_once_agree(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    spawn = multiprocessing.get_context("fork")
    found = spawn.Queue()
    several = [spawn.Process(target=_init, args=(folder, found)) for _ in range(6)]
    for process in several:
        process.start()
    names = {found.get(timeout=60) for _ in several}
    for process in several:
        process.join()
    assert len(names) == 1
    assert len(list(folder.glob("mark-*.key"))) == 1


def _init(folder: Path, found: "multiprocessing.Queue[str]") -> None:
    ring = KeyRing.open(folder)
    ring.init()
    found.put(ring.signer().id + ring.mark_key().id)


def test_threads_of_one_process_agree_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    threads = [threading.Thread(target=lambda: KeyRing.open(folder).init()) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(folder.glob("authority-*.key"))) == 1


def _killed(code: str, folder: Path, point: str) -> None:
    environment = {**os.environ, "BERG_KILL_AT": point}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], env=environment, start_new_session=True
    )
    assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("point", ["keys-before-key:1", "keys-before-key:4", "keys-before-ring"])
def test_an_init_that_was_killed_is_simply_done_again(tmp_path: Path, point: str) -> None:
    folder = tmp_path / "keys"
    _killed(INIT, folder, point)
    ring = KeyRing.open(folder)
    assert not ring.ready()
    ring.init()
    assert ring.signer().sign(b"x")
    assert ring.mark_keys() == (ring.mark_key(),)


def test_an_init_that_was_killed_at_the_end_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    _killed(INIT, folder, "keys-after-ring")
    assert KeyRing.open(folder).signer().sign(b"x")


@pytest.mark.parametrize("point", ["keys-before-key:1", "keys-before-key:2", "keys-before-ring"])
def test_a_rotation_that_was_killed_leaves_the_ring_of_before(
    ring: KeyRing, tmp_path: Path, point: str
) -> None:
    before = ring.record()
    _killed(ROTATE, tmp_path / "keys", point)
    after = KeyRing.open(tmp_path / "keys")
    assert after.record() == before
    assert after.mark_key() == ring.mark_key()
    after.rotate()
    assert len(after.mark_keys()) == 2


def test_the_environment_outranks_the_time_stamp_address(
    ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ring.signer().time_stamp_url is None
    ring.stamp_with("http://stamps.example/tsa")
    assert ring.signer().time_stamp_url == "http://stamps.example/tsa"
    monkeypatch.setenv("BERG_TIMESTAMP_URL", "https://others.example")
    assert ring.signer().time_stamp_url == "https://others.example"
    monkeypatch.setenv("BERG_TIMESTAMP_URL", "")
    assert ring.signer().time_stamp_url is None


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example", "file:///etc/passwd", "http://", "x.example", "http://a b", "http://[::"],
)
def test_a_time_stamp_address_is_http_or_https(ring: KeyRing, url: str) -> None:
    with pytest.raises(RequestError, match="http"):
        ring.stamp_with(url)


def test_an_expired_certificate_signs_nothing(
    ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime

    from berg.provenance.keys import ring as module

    late = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=6 * 365)
    monkeypatch.setattr(module, "now_utc", lambda: late)
    with pytest.raises(KeysError, match="berg keys rotate"):
        ring.signer()
