"""One's own certificates: taken if C2PA takes them, refused in words if it wouldn't."""

import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)

from berg.provenance.keys import (
    CertificateError,
    KeyRing,
    KeysError,
    brought_command,
    brought_key,
    brought_pkcs12,
    brought_roots,
    notice_of,
)
from tests.provenance.certificates import (
    CLAIM_SIGNING,
    DAY,
    DOCUMENT_SIGNING,
    NOW,
    SERVER,
    STAMPING,
    Made,
    ec,
    make,
    root,
    rsa,
)

ROOT = root("Trust Ltd")
MIDDLE = make("Trust Ltd issuing", ROOT, ca=True)
LEAF = make("Studio", MIDDLE)

SIGN = """
import sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
key = serialization.load_pem_private_key(open(sys.argv[1], "rb").read(), None)
sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read(), ec.ECDSA(hashes.SHA256())))
"""


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    made = KeyRing.open(tmp_path / "keys")
    made.init()
    return made


def test_a_sound_chain_signs_from_then_on(ring: KeyRing, tmp_path: Path) -> None:
    brought = brought_key(*LEAF.put(tmp_path, "own", MIDDLE, ROOT), None)
    ring.bring_signer(brought)
    signer = KeyRing.open(tmp_path / "keys").signer()
    assert (signer.name, signer.alg) == ("Studio", "es256")
    assert signer.chain_pem == LEAF.pem + MIDDLE.pem
    assert ROOT.pem in ring.anchors()
    assert notice_of(brought) is None


def test_bringing_the_same_again_changes_nothing(ring: KeyRing, tmp_path: Path) -> None:
    chain, key = LEAF.put(tmp_path, "own", MIDDLE, ROOT)
    once = ring.bring_signer(brought_key(chain, key, None))
    again = ring.bring_signer(brought_key(chain, key, None))
    assert [one.id for one in once.signers] == [one.id for one in again.signers]
    assert once.trust == again.trust


def test_rotating_leaves_an_imported_certificate_in_place(ring: KeyRing, tmp_path: Path) -> None:
    ring.bring_signer(brought_key(*LEAF.put(tmp_path, "own", MIDDLE), None))
    before = ring.signer().id
    ring.rotate()
    assert ring.signer().id == before
    assert len(ring.mark_keys()) == 2


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 2048),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["P-384", "RSA", "Ed25519"],
)
def test_other_kinds_of_key_sign_too(tmp_path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    leaf = make("Studio", ROOT, key=key)
    assert brought_key(*leaf.put(tmp_path, "own"), None).chain == (leaf.certificate,)


@pytest.mark.parametrize(
    ("chain", "why"),
    [
        ([make("Alone")], "issued by itself"),
        ([make("Old", ROOT, start=NOW - 9 * DAY, end=NOW - DAY)], "expired on"),
        ([make("Early", ROOT, start=NOW + DAY, end=NOW + 9 * DAY)], "valid only from"),
        ([make("Web", ROOT, uses=(SERVER,))], "emailProtection"),
        ([make("None", ROOT, uses=())], "emailProtection"),
        ([make("Stamps", ROOT, uses=(STAMPING,))], "time stamps"),
        ([make("Loose", ROOT, authority_id=False)], "authority key identifier"),
        ([make("Useless", ROOT, usage=None)], "digital signatures"),
        ([make("Wrong", ROOT, usage="key_encipherment")], "digital signatures"),
        ([MIDDLE, ROOT], "authority's own"),
        ([LEAF, ROOT, MIDDLE], "out of order"),
        ([make("Other", root("Other root")), ROOT], "out of order"),
        ([make("Late", make("Gone", ROOT, ca=True, end=NOW - DAY / 2)), ROOT], "out of order"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_c2pa_would_refuse_is_refused_in_words(
    tmp_path: Path, chain: list[Made], why: str
) -> None:
    files = chain[0].put(tmp_path, "own", *chain[1:])
    with pytest.raises(CertificateError, match=why):
        brought_key(*files, None)


def test_an_expired_issuer_is_named(tmp_path: Path) -> None:
    gone = make("Gone Ltd", ROOT, ca=True, end=NOW - DAY / 2)
    with pytest.raises(CertificateError, match="its issuer Gone Ltd expired"):
        brought_key(*make("Late", gone).put(tmp_path, "own", gone, ROOT), None)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    bad = make("Bad", ROOT, uses=(SERVER,), authority_id=False, end=NOW - DAY / 2)
    with pytest.raises(CertificateError, match=r"emailProtection.*identifier.*expired"):
        brought_key(*bad.put(tmp_path, "own"), None)


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    chain, _ = LEAF.put(tmp_path, "own", MIDDLE)
    _, key = make("Other", ROOT).put(tmp_path, "other")
    with pytest.raises(CertificateError, match="the key isn't the one of Studio"):
        brought_key(chain, key, None)


def test_a_short_rsa_key_is_refused(tmp_path: Path) -> None:
    weak = make("Weak", ROOT, key=rsa.generate_private_key(65537, 1024))
    with pytest.raises((CertificateError, KeysError), match="1024"):
        brought_key(*weak.put(tmp_path, "own"), None)


@pytest.mark.parametrize("use", [DOCUMENT_SIGNING, CLAIM_SIGNING])
def test_uses_that_some_readers_dont_know_are_taken_with_a_note(tmp_path: Path, use) -> None:  # type: ignore[no-untyped-def]
    brought = brought_key(*make("Studio", ROOT, uses=(use,)).put(tmp_path, "own"), None)
    assert "emailProtection" in (notice_of(brought) or "")


@pytest.mark.parametrize("passphrase", [None, "open sesame"])
def test_a_pkcs12_bundle_is_taken_in_any_order(tmp_path: Path, passphrase: str | None) -> None:
    bundle = tmp_path / "own.p12"
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    others = [ROOT.certificate, MIDDLE.certificate]
    bundle.write_bytes(
        pkcs12.serialize_key_and_certificates(b"own", LEAF.key, LEAF.certificate, others, lock)
    )
    brought = brought_pkcs12(bundle, passphrase)
    assert brought.chain == (LEAF.certificate, MIDDLE.certificate)
    assert brought.roots == (ROOT.certificate,)


def test_a_pkcs12_bundle_without_its_passphrase_is_refused(tmp_path: Path) -> None:
    bundle = tmp_path / "own.p12"
    bundle.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"own", LEAF.key, LEAF.certificate, None, BestAvailableEncryption(b"secret")
        )
    )
    for passphrase in (None, "wrong"):
        with pytest.raises(CertificateError, match="PKCS#12"):
            brought_pkcs12(bundle, passphrase)


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\x00" * 100, b"-----BEGIN CERTIFICATE-----\n"])
def test_rubbish_is_refused(tmp_path: Path, data: bytes) -> None:
    chain, key = LEAF.put(tmp_path, "own")
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(CertificateError):
        brought_key(tmp_path / "bad", key, None)
    with pytest.raises(KeysError):
        brought_key(chain, tmp_path / "bad", None)
    with pytest.raises(CertificateError):
        brought_pkcs12(tmp_path / "bad", None)
    with pytest.raises(CertificateError):
        brought_roots(tmp_path / "bad")


def test_a_file_that_isnt_there_or_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * ((1 << 20) + 1))
    for name, why in (("nothing", "No such file"), ("large", "1 MiB")):
        with pytest.raises(CertificateError, match=why):
            brought_roots(tmp_path / name)


def test_a_key_of_a_kind_that_cant_sign_here_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization

    chain, _ = LEAF.put(tmp_path, "own")
    odd = dsa.generate_private_key(1024)
    (tmp_path / "odd").write_bytes(
        odd.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, NoEncryption()
        )
    )
    with pytest.raises(KeysError, match="can't sign"):
        brought_key(chain, tmp_path / "odd", None)


def test_roots_are_trusted_and_leaves_are_not(ring: KeyRing, tmp_path: Path) -> None:
    file, _ = ROOT.put(tmp_path, "root")
    ring.bring_roots(brought_roots(file))
    assert ring.anchors().endswith(ROOT.pem)
    leaf, _ = LEAF.put(tmp_path, "leaf")
    with pytest.raises(CertificateError, match="no authority"):
        brought_roots(leaf)


def _command(tmp_path: Path, key: Path, code: str = SIGN) -> tuple[str, ...]:
    script = tmp_path / "kms.py"
    script.write_text(code, encoding="utf-8")
    return (sys.executable, str(script), str(key))


def test_a_signing_command_signs(ring: KeyRing, tmp_path: Path) -> None:
    chain, key = LEAF.put(tmp_path, "own", MIDDLE)
    ring.bring_signer(brought_command(chain, _command(tmp_path, key)))
    assert not list((tmp_path / "keys").glob(f"signer-{ring.signer().id}.key"))
    assert len(KeyRing.open(tmp_path / "keys").signer().sign(b"claim")) == 64


def test_a_command_that_signs_with_another_key_is_refused(tmp_path: Path) -> None:
    chain, _ = LEAF.put(tmp_path, "own", MIDDLE)
    _, other = make("Other", ROOT).put(tmp_path, "other")
    with pytest.raises(KeysError, match="another key"):
        brought_command(chain, _command(tmp_path, other))


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import sys; sys.exit('no such key: films')", "status 1: no such key: films"),
        ("print('x' * 100000)", "no ES256 signature"),
        ("pass", "gave 0 bytes"),
        ("import os; os.kill(os.getpid(), 9)", "status -9"),
    ],
)
def test_why_a_command_failed_is_said(tmp_path: Path, code: str, why: str) -> None:
    chain, key = LEAF.put(tmp_path, "own", MIDDLE)
    with pytest.raises(KeysError, match=why):
        brought_command(chain, _command(tmp_path, key, code))


def test_a_command_that_isnt_there_is_said(tmp_path: Path) -> None:
    chain, _ = LEAF.put(tmp_path, "own", MIDDLE)
    with pytest.raises(KeysError, match="can't be started: No such file"):
        brought_command(chain, (str(tmp_path / "no-kms"),))


def test_a_command_that_hangs_is_ended(tmp_path: Path) -> None:
    from berg.provenance.keys.command import sign_by_command

    public = LEAF.key.public_key()
    code = "import time; time.sleep(600)"
    with pytest.raises(KeysError, match=r"within 0\.2 s"):
        sign_by_command(
            _command(tmp_path, tmp_path, code),
            b"x",
            alg="es256",
            public=public,  # type: ignore[arg-type]
            limit_s=0.2,
        )
