"""The pages: each view parses its address, asks one question of the rooms below and renders the answer."""
