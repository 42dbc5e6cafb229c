"""What a machine or a contributor proposes, and what a person decides about it (B6)."""
