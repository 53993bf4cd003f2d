"""A group's obligations: which points state them, how they live on, and how they are followed up."""
