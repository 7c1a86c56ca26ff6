"""A Mastodon instance: `timelines` is the source, `client` asks, `records` reads the answers."""
