"""One calendar of a State over all review mechanisms: visits and what stands in their way."""
