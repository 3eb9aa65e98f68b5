"""One module for each family of architectures."""
