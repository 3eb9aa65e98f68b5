"""Programs between logic and weights: B-RASP, its text format, and what it compiles to."""
