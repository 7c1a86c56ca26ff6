"""The BODACC: `openings` is the source, `client` asks, `records` reads the answers."""
