"""A State's answers taken along in one encrypted file, and brought back."""
