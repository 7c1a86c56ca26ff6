"""Insee's register: `establishments` is the source, `client` asks, `records` reads the answers."""
