"""Published records as files."""
