"""Sets an edition on pages: parts are laid out apart, and assembled into one PDF."""
