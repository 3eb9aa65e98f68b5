"""What is a formal language, and where does it fall? Automata, regular expressions, algebra, deciders."""
