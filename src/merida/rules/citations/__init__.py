"""What a text cites and names: symbols, resolutions, treaty articles, dates, States, organisations.

Pure: text in, :class:`~merida.rules.citations.mention.Mention` values out. Start at ``recognise.py``.

Patterns allow up to six white-space signs where a text may break a citation, never any number of them: a text of
nothing but blanks must not keep a pattern busy.
"""
