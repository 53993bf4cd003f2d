"""The register's pages. Each view finds, calls one verb, and answers."""
