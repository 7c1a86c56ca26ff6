"""A synthetic city, and the proxy that answers for the platforms in its place."""
