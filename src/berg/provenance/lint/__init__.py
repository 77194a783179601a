"""The linter of labels: clause by clause, met, broken, or not known, for a file from anywhere."""

from berg.provenance.lint.check import check_file, check_scan
from berg.provenance.lint.clause import Clause, LintedFile, Outcome
from berg.provenance.lint.producer import code_faults

__all__ = ["Clause", "LintedFile", "Outcome", "check_file", "check_scan", "code_faults"]
