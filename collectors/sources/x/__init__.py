"""X: `recent_search` is the source, `client` asks, `purse` pays, `records` reads the answers."""
