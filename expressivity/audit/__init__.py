"""Claims about what models can compute, judged against the theorem base."""
