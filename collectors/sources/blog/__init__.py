"""Blogs and local media: `sites` is the source, `visit` reads one site, `records` its entries."""
