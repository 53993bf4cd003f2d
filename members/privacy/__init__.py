"""What is held about a person: told, handed out, made nameless, and cleared when it is old."""
