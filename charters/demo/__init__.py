"""The demo: a whole little OS2 of made-up products, fictional people and charters in every state.

``cast`` holds the people; ``settled``, ``unsettled`` and ``professional`` the groups; ``stage`` puts them all
in the database.
"""
