"""What can a kind of model do? Variants by name, questions and answers, the command line."""
