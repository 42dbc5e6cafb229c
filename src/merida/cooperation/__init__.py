"""How States and secretariats work together: meetings."""
