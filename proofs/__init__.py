"""What is true about models and languages, and why? Statements, theorem base, kernel, checkers."""
