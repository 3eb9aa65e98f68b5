"""Questions about kinds of models and languages, answered from the theorem base."""
