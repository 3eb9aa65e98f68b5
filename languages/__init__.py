"""What is a formal language, and where does it fall? Automata, expressions, algebra, deciders."""
