"""Driver, rehearsal and the engines that run steps."""
