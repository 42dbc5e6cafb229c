"""The draft of a report to a conference, made of records: headings, paragraphs, and each sentence with its records."""
