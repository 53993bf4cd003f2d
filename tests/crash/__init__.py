"""What happens to what was saved when processes die: run by hand, and by ``make proof``."""
