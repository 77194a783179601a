"""Production lines: one for each kind of deliverable. A line reads like the job."""
