"""Six languages: scripts, normalised words, stems, two-character tokens, thesaurus. Pure.

`words` and `tokens` give what a text is found by, with offsets into the text as it stands; `guess_script` accepts a
query in any of the six scripts; `thesaurus` holds the terms of the Convention that mean the same.
"""
