"""The register in and out: lists of members that are read, compared with the register, and written."""
