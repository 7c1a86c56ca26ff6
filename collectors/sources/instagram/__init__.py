"""Instagram, two ways: `official` (Meta's Graph API) and `web` (its pages, by instaloader).

Each way has its client and its table of troubles; `records` is theirs together, so that the same
post is one post by both.
"""
