"""The index's versions, each as the SQL that leads to it from the one before.

Never change what has been released: add a version. `PRAGMA user_version` says which one a file is.
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
)

LATEST = len(VERSIONS)
"""The version that this berg reads and writes."""
