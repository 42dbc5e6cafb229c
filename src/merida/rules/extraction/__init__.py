"""Facts told in paragraphs: who did what, where and when; which number was reported; what was asked of whom.

Pure: passages and the mentions recognised in them go in, values come out; each value names the rule that made it and
the stretch of text it rests on. Words and patterns are data (``data/extraction``). :func:`~.reading.extract` reads a
whole document.
"""
