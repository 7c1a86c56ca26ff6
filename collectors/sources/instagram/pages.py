"""instaloader as this project uses it: pages as they came, no sleep of its own, our errors."""

from __future__ import annotations

__all__ = ["PagesClient", "Sheet"]

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn
from urllib.parse import unquote

import requests
from instaloader import Hashtag, InstaloaderContext, Post, RateController
from instaloader.exceptions import TooManyRequestsException
from pydantic import BaseModel, ConfigDict

from cities.settings import Settings
from collectors.errors import CredentialError
from collectors.sources.instagram.web_trouble import ERRORS, NoPageError, ours
from collectors.text import clean

TIMEOUT_SECONDS = 20
# A redirect is to the login page, a challenge or a consent: none is followed.
REDIRECTS = [301, 302, 303, 307, 308]
AS_JSON = {"__a": 1, "__d": "dis"}
# The site only compares this cookie with a header; instaloader sends both.
CSRF_TOKEN = "0" * 32
PLACE = "place "
EVERY_ERROR = tuple(ERRORS)


class Sheet(BaseModel):
    """One page of a list: its sections as they came, and what asks for the next page."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sections: list[Any]
    more_available: bool = False
    next_max_id: str | None = None


class PagesClient:
    """Reads hashtag and place pages; raises only `CollectError`.

    The library's own `Post` is not used: to tell a post's comments it asks one more question each,
    unseen, and it stops dead at the first odd one.
    """

    def __init__(self, source_id: str, settings: Settings) -> None:
        self._source_id = source_id
        self._context = _Context()
        session = settings.secret("instagram_session")
        self.has_session = bool(session)
        if session:
            self._log_in(session)

    def close(self) -> None:
        """Close the connections."""
        self._context.close()  # type: ignore[no-untyped-call]  # the library's

    def sheet(self, name: str, page: str | None) -> Sheet:
        """One page of a hashtag, or of a place (`place 123`); the first when `page` is None."""
        with self._mapped():
            is_place = name.startswith(PLACE)
            if is_place:
                path, where = (
                    f"explore/locations/{name.removeprefix(PLACE)}/",
                    "native_location_data",
                )
            else:
                path, where = f"explore/tags/{name}/", "data"
            if page is None and not is_place:
                recent = _Tag.from_name(self._context, name).recent()
            else:
                asked = AS_JSON if page is None else {**AS_JSON, "max_id": page}
                recent = self._context.get_json(path, asked)[where]["recent"]
            return Sheet.model_validate(clean(recent))

    def media(self, code: str) -> Any | None:
        """One post with its figures of now, for a session; None when it is there no more."""
        try:
            with self._mapped():
                path = f"api/v1/media/{Post.shortcode_to_mediaid(code)}/info/"
                return clean(self._context.get_iphone_json(path, {})["items"][0])
        except NoPageError:
            return None

    def _log_in(self, session: str) -> None:
        user, _, given = session.partition(":")
        if not user or not given:
            raise CredentialError(
                f"{self._source_id}: PORTEVOIX_INSTAGRAM_SESSION is not of the form "
                "user:sessionid; write it so"
            )
        cookies = {"sessionid": given, "csrftoken": CSRF_TOKEN}
        number = unquote(given).partition(":")[0]
        if number.isdigit():
            cookies["ds_user_id"] = number
        self._context.load_session(user, cookies)  # type: ignore[no-untyped-call]  # the library's

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        self._context.headers = {}
        try:
            yield
        except EVERY_ERROR as error:
            raise ours(error, self._context.headers, self._source_id) from None


class _Tag(Hashtag):
    """A hashtag that shows the first page of its recent posts as it came."""

    def recent(self) -> Any:
        return self._metadata("recent")


class _Pace(RateController):
    """Leaves waiting to the house: the library's own sleeps half an hour on a 429."""

    def wait_before_query(self, query_type: str) -> None:
        """Ask at once; Instagram says itself when it is enough."""

    def handle_429(self, query_type: str) -> NoReturn:
        """Give up at once."""
        raise TooManyRequestsException(query_type)

    def sleep(self, secs: float) -> NoReturn:
        """Never sleep in the library."""
        raise TooManyRequestsException(str(secs))


class _Context(InstaloaderContext):
    """Asks once, keeps the headers of the last reply, and prints nothing."""

    def __init__(self) -> None:
        self.headers: Mapping[str, str] = {}
        super().__init__(
            sleep=False,
            quiet=True,
            max_connection_attempts=1,
            request_timeout=TIMEOUT_SECONDS,
            rate_controller=_Pace,
            fatal_status_codes=REDIRECTS,
        )

    def get_json(  # noqa: PLR0917 - the library's own arguments
        self,
        path: str,
        params: dict[str, Any],
        host: str = "www.instagram.com",
        session: requests.Session | None = None,
        response_headers: dict[str, Any] | None = None,
        use_post: bool = False,
    ) -> dict[str, Any]:
        """As the library's, noting the reply's headers even when it is a refusal."""
        kept: dict[str, Any] = {} if response_headers is None else response_headers
        try:
            found: dict[str, Any] = super().get_json(path, params, host, session, kept, use_post)
            return found
        finally:
            self.headers = requests.structures.CaseInsensitiveDict(kept)

    def log(self, *msg: Any, sep: str = "", end: str = "\n", flush: bool = False) -> None:
        """Say nothing: what the library says holds addresses."""

    def error(self, msg: str, repeat_at_end: bool = True) -> None:
        """Say nothing: what the library says holds addresses."""
