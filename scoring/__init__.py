"""What posts and authors are worth to the city: one scorer, one `.py` beside its `.sql`.

Scorers meet in the warehouse's tables; none imports another, none reads the decisions store.
"""
