"""What is garbage, in SQL. The collector (`gc.py`) says who is live, and walks.

Parameters: `:since`, a moment (seconds since 1970) from which on results are kept; `:runs`, the
numbers of the runs whose uses count, as JSON; `:after` and `:upto`, the keys between which a batch
lies. The table `temp.gone` holds the numbers of places that are no more.
"""

NEEDED = """(results.created >= :since
    OR EXISTS (SELECT 1 FROM delivery_results AS d WHERE d.key = results.key
        AND d.delivery NOT IN (SELECT id FROM temp.gone))
    OR EXISTS (SELECT 1 FROM run_results AS u WHERE u.key = results.key
        AND u.run IN (SELECT value FROM json_each(:runs))))"""
"""SQL: whether somebody needs a row of `results`."""

GARBAGE = f"SELECT id, key FROM results WHERE key > :after AND key <= :upto AND NOT {NEEDED}"

LEFT = f"""SELECT DISTINCT mine.sha256 FROM result_assets AS mine
    WHERE mine.result IN (SELECT value FROM json_each(:garbage))
    AND NOT EXISTS (SELECT 1 FROM delivery_assets AS d WHERE d.sha256 = mine.sha256
        AND d.delivery NOT IN (SELECT id FROM temp.gone))
    AND NOT EXISTS (SELECT 1 FROM result_assets AS other
        JOIN results ON results.id = other.result
        WHERE other.sha256 = mine.sha256 AND (results.key > :upto OR {NEEDED}))"""
"""Assets of a batch of garbage that nothing needs; one that a later batch has waits for that."""

NAMED = """SELECT sha256 FROM result_assets WHERE sha256 >= :low AND sha256 < :high
    UNION SELECT sha256 FROM delivery_assets WHERE sha256 >= :low AND sha256 < :high
        AND delivery NOT IN (SELECT id FROM temp.gone)"""
"""Assets in a range of digests that a result or a delivery names."""
