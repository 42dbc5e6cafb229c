"""The life of a peer review: drawing of lots, planning over all mechanisms."""
