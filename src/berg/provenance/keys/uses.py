"""Extended key uses that may sign manifests or stamp times."""

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""RFC 9336."""
CLAIM_SIGNING = x509.ObjectIdentifier("1.3.6.1.4.1.62558.2.1")
"""C2PA's own use, of its conformance programme."""
MICROSOFT_C2PA = x509.ObjectIdentifier("1.3.6.1.4.1.311.76.59.1.9")
"""The same before C2PA had one."""
SIGNING = (
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    DOCUMENT_SIGNING,
    CLAIM_SIGNING,
    MICROSOFT_C2PA,
)
ALONE = (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.OCSP_SIGNING)
"""Uses that exclude every other (C2PA 2.2, 14.5.1.1)."""
TRUST_CONFIG = "\n".join(use.dotted_string for use in (*SIGNING, *ALONE))
"""The same as the C2PA library's option; its own list lacks documentSigning and C2PA's own."""
