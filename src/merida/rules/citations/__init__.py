"""What a text cites and names: symbols, resolutions, treaty articles, dates, States, organisations.

Pure: text in, :class:`~merida.rules.citations.mention.Mention` values out. Start at ``recognise.py``.
"""
