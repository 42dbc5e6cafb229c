"""Drawing of lots: what was announced, what was drawn, and everything that happened to a pair afterwards."""
