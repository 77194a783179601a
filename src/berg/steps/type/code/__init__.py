"""type.code: an address as a QR code."""
