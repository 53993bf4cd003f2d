"""The log of the register and of signing in: what is watched, how it is written, and how it is told.

What a draft says is not in it: each section has its own history.
"""
