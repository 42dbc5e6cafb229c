"""Which provisions of different instruments ask the same, more, less or only something alike (A8)."""
