"""The register's forms; one an action."""
