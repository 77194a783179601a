"""What every kind of step is called and what it gives, pinned: so a forgotten `version` is noticed.

`python -m tests.goldens` writes the goldens anew, unless something changed that no version says.
"""
