"""What others may listen to: sent inside the deed's own transaction, so an index can follow in the same commit."""

from django.dispatch import Signal

change_recorded = Signal()  # change: the Change just written, not yet sealed
