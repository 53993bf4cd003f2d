"""Finding: what can be found, by which words, and by whom."""
