"""How fast: what is measured, and beside what."""
