"""The index's versions, each as the SQL that leads to it from the one before.

Never change what has been released: add a version. `PRAGMA user_version` is a file's version.
A file is brought up to date in one transaction, so it is never seen half way.
"""

VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE results (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            capability TEXT NOT NULL,
            out TEXT NOT NULL,
            assets TEXT NOT NULL,
            receipt TEXT NOT NULL,
            created REAL NOT NULL)""",
        """CREATE TABLE externals (
            path BLOB PRIMARY KEY,
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            ctime_ns INTEGER NOT NULL,
            hashed_ns INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX externals_by_sha256 ON externals (sha256)",
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            run TEXT NOT NULL UNIQUE,
            started REAL NOT NULL,
            finished REAL,
            info TEXT NOT NULL,
            summary TEXT)""",
        """CREATE TABLE run_results (
            run TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (run, key)) WITHOUT ROWID""",
        """CREATE TABLE run_steps (
            id INTEGER PRIMARY KEY,
            run TEXT NOT NULL,
            name TEXT NOT NULL,
            key TEXT,
            state TEXT NOT NULL,
            UNIQUE (run, name))""",
        """CREATE TABLE deliveries (
            folder TEXT PRIMARY KEY, run TEXT NOT NULL, delivered REAL NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE delivery_results (
            folder TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (folder, key)) WITHOUT ROWID""",
        """CREATE TABLE delivery_assets (
            folder TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (folder, sha256)) WITHOUT ROWID""",
    ),
    (
        "ALTER TABLE results ADD COLUMN recipe TEXT NOT NULL DEFAULT ''",
        # One result can be reached by many recipes: an edit upstream that came to the same thing.
        "CREATE TABLE recipes (recipe TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID",
        "CREATE INDEX recipes_by_key ON recipes (key)",
        """CREATE TABLE timings (
            id INTEGER PRIMARY KEY,
            capability TEXT NOT NULL,
            amount REAL NOT NULL,
            wall_s REAL NOT NULL,
            receipt TEXT NOT NULL)""",
        "CREATE INDEX timings_by_capability ON timings (capability, id)",
        """INSERT INTO timings (capability, amount, wall_s, receipt)
            SELECT capability, json_extract(receipt, '$.amount'),
                json_extract(receipt, '$.wall_s'), receipt
            FROM results
            WHERE json_valid(receipt) AND json_type(receipt, '$.amount') IN ('integer', 'real')
                AND json_type(receipt, '$.wall_s') IN ('integer', 'real')
            ORDER BY id""",
    ),
    (
        """CREATE TABLE effects (
            key TEXT PRIMARY KEY, record TEXT NOT NULL, done REAL NOT NULL) WITHOUT ROWID""",
    ),
    (
        # Assets in a table: looked up by digest, and joined by the collector.
        """CREATE TABLE result_assets (
            result INTEGER NOT NULL,
            at INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            PRIMARY KEY (result, at)) WITHOUT ROWID""",
        """INSERT INTO result_assets
            SELECT results.id, item.key, substr(item.value, 1, 64), substr(item.value, 66)
            FROM results,
                json_each('["' || replace(trim(results.assets), ' ', '","') || '"]') AS item
            WHERE trim(results.assets) <> ''""",
        "CREATE INDEX result_assets_by_sha256 ON result_assets (sha256)",
        "ALTER TABLE results DROP COLUMN assets",
        "DROP TABLE recipes",  # nobody asked for a result by its recipe
        # Places and runs by number, and by key first: the collector asks who needs a result.
        "ALTER TABLE deliveries RENAME TO old_deliveries",
        """CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY,
            folder TEXT NOT NULL UNIQUE,
            run TEXT NOT NULL,
            delivered REAL NOT NULL)""",
        """INSERT INTO deliveries (folder, run, delivered)
            SELECT folder, run, delivered FROM old_deliveries ORDER BY folder""",
        "ALTER TABLE delivery_results RENAME TO old_results",
        """CREATE TABLE delivery_results (
            key TEXT NOT NULL, delivery INTEGER NOT NULL, PRIMARY KEY (key, delivery)
            ) WITHOUT ROWID""",
        """INSERT INTO delivery_results
            SELECT old_results.key, deliveries.id FROM old_results
            JOIN deliveries USING (folder) ORDER BY old_results.key""",
        "CREATE INDEX delivery_results_by_delivery ON delivery_results (delivery)",
        "ALTER TABLE delivery_assets RENAME TO old_assets",
        """CREATE TABLE delivery_assets (
            sha256 TEXT NOT NULL, delivery INTEGER NOT NULL, PRIMARY KEY (sha256, delivery)
            ) WITHOUT ROWID""",
        """INSERT INTO delivery_assets
            SELECT old_assets.sha256, deliveries.id FROM old_assets JOIN deliveries USING (folder)
            ORDER BY old_assets.sha256""",
        "CREATE INDEX delivery_assets_by_delivery ON delivery_assets (delivery)",
        "ALTER TABLE run_results RENAME TO old_uses",
        """CREATE TABLE run_results (
            run INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (run, key)) WITHOUT ROWID""",
        """INSERT INTO run_results
            SELECT runs.id, old_uses.key FROM old_uses JOIN runs USING (run)""",
        "DROP TABLE old_deliveries",
        "DROP TABLE old_results",
        "DROP TABLE old_assets",
        "DROP TABLE old_uses",
    ),
    (
        # Results up to this one have keys of rule 1; a new index has none, and no row here.
        "CREATE TABLE former_results (last INTEGER NOT NULL)",
        "INSERT INTO former_results SELECT max(id) FROM results HAVING max(id) IS NOT NULL",
    ),
)

LATEST = len(VERSIONS)
"""The version that this berg reads and writes."""
