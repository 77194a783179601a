"""The watermark's trials: attack by medium, against the bars, into docs/watermark.md.

Run: python -m bench.watermark material, then pictures, films, sounds, alarms and page. A trial that
is finished is a line of build/watermark/*.jsonl, with the digest of the code that marked and found;
a run that was cut short goes on, and lines of older code are passed over.
"""
