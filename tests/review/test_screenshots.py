"""The pages of which `make screenshots` takes pictures are there, in both languages."""

from __future__ import annotations

import httpx
import pytest

from cities.folder import CityFolder
from operate.screenshots import addresses_of


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_picture_has_its_page(client: httpx.Client, town: CityFolder, lang: str) -> None:
    addresses = addresses_of(town)
    assert list(addresses)[:3] == ["overview", "residents", "resident"]
    asked = {name: client.get(f"/{lang}/montreval/{page}") for name, page in addresses.items()}
    assert {name: answer.status_code for name, answer in asked.items()} == dict.fromkeys(
        addresses, 200
    )
