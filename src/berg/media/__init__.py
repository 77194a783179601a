"""Codecs, framing, mixing and type: functions over files and arrays; no models, no store."""
