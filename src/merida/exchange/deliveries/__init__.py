"""Documents handed in on the site: kept until they are read, one after the other, outside any page."""
