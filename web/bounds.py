"""What one request may bring."""

HEADER_SECTION = 98_304
FIELDS = 100
BODY = 1_000_000
