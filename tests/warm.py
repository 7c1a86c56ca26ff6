"""What scoring keeps once it was read: a fork server that imports this hands it to its children."""

from __future__ import annotations

from cities.declared_places import read_declared_place
from cities.reading import read_city
from cities.sensitive_posts import is_sensitive
from scoring.city_terms import city_terms
from scoring.post_text import PostText
from scoring.theme_reader import reader_of
from tests.constants import ROOT

CITY = read_city(ROOT / "cities" / "examples" / "montreval.yaml")
SAID = "Un bon pain à la boulangerie"

city_terms(CITY)
reader_of(CITY).evidence(PostText(SAID), "gastronomy")
is_sensitive(SAID, ())
read_declared_place("Lyon")
