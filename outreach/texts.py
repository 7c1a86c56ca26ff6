"""The invitation's words, with the information notice. Nothing is sent from here.

No field asks for a post in return: the text says that none is expected (French influence law of
2023, and the city's own rule). The notice is what articles 13 and 14 of the GDPR ask at first
contact: who, why, on which basis, from where, how long, which rights.
"""

from __future__ import annotations

__all__ = ["INVITATION_FIELDS", "invitation_text"]

from pathlib import Path
from string import Template

from cities.model import City
from outreach.occasions import Occasion
from outreach.trades import Language, activities

TEMPLATES = Path(__file__).parent / "letters"
# All that a letter can say; a test holds that none of them speaks of posting.
INVITATION_FIELDS = ("city", "title", "activity", "activity_text", "contact", "notice", "days")
UNFILLED = {"fr": "[à compléter : bloc privacy]", "en": "[to fill: privacy block]"}


def invitation_text(city: City, occasion: Occasion, *, language: Language) -> str:
    """The letter for one occasion; the person who sends it adds the name, the day and the place."""
    activity = activities()[occasion.activity_id]
    privacy = city.privacy
    values = {
        "city": city.commune.name,
        "title": occasion.title,
        "activity": activity.title[language],
        "activity_text": activity.text[language],
        "contact": privacy.data_protection_officer if privacy else UNFILLED[language],
        "notice": privacy.notice_url if privacy else UNFILLED[language],
        "days": str(city.retention.posts_days),
    }
    template = Template((TEMPLATES / f"invitation.{language}.txt").read_text(encoding="utf-8"))
    return template.substitute({field: values[field] for field in INVITATION_FIELDS})
