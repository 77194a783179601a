"""What machines can do, and what work on them will take."""
