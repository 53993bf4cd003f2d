"""Whether the database is what it was when it was last written to: ``manage.py verify``.

Everything that was frozen is put together again from its rows and compared with what it was bound to, and
what is derived is compared with what it is derived from. Nothing is changed. It may run while others write:
what is frozen does not move, and of the rest whatever looks wrong is asked for once more.

The parts are read a few at a time, so that the memory it takes does not grow with the database.
"""
