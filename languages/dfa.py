"""Complete deterministic finite automata over finite alphabets, as integer tables."""
