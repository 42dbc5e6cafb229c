"""How much the site is used, counted by day without anything about the people who use it (B7)."""
