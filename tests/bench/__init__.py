"""Measurements, run by hand (``make bench``): they print, and assert nothing."""
