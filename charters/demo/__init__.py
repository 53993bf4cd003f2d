"""The demo: a whole little OS2 of made-up products, fictional people and charters in every state.

``cast`` holds the people, ``situations`` the projects and groups, ``stage`` puts them in the database.
"""
