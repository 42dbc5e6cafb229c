"""Search over everything, in six languages: what is indexed, how a query is read, and two back ends that find the same.

Fed with `index.put_entries` and `index.delete_entries` inside the caller's transaction; asked with
`parsing.parse_query` and the functions of `queries`. A back end (`fts5`, `postgresql`) only stores and matches the
tokens that `analysis` made, so both find the same entries; only the order may differ.
"""
