"""What States and the secretariat do together."""
