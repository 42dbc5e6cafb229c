"""What States and the secretariat do together: meetings, mandates, reports."""
