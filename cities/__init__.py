"""What a city is: its file, its brief, its names, its folder, its settings.

Nothing here talks to a platform or a store.
"""
