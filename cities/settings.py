"""The only reader of the environment."""

from __future__ import annotations

__all__ = [
    "Settings",
    "airflow_environment",
    "child_environment",
    "enter_environment",
    "load_settings",
]

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from cities.errors import SettingsError
from cities.folder import Home

HASH_KEY_FILE = "hash.key"


class Settings(BaseSettings):
    """What the operator sets, each as `PORTEVOIX_<NAME>` (see docs/operator.md).

    `data`: the home folder. `decisions_url`: SQLAlchemy address of the decisions store, SQLite in
    the home folder when empty. `hash_key`: the key of the block list, made once in the home
    folder when not given. `contact`: an address that platforms can write to, sent in User-Agent.
    `mastodon_tokens`: `instance=token` pairs, comma between.
    `x_token`: X's app-only bearer token; `instagram_token`: Meta's system-user token;
    `instagram_session`: `user:sessionid` of the account that an agreement names; `sirene_key`:
    the integration key of Insee's portal. `retry_seconds`: how long Airflow
    waits before it tries a task again.
    """

    model_config = SettingsConfigDict(env_prefix="PORTEVOIX_", frozen=True, extra="ignore")

    data: Path = Path("data")
    decisions_url: SecretStr | None = None
    hash_key: SecretStr | None = None
    contact: str = Field(default="", max_length=200, pattern=r"^[\x20-\x7e]*$")
    mastodon_tokens: SecretStr | None = None
    x_token: SecretStr | None = None
    instagram_token: SecretStr | None = None
    instagram_session: SecretStr | None = None
    sirene_key: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8078, ge=0, le=65535)
    airflow_port: int = Field(default=8079, ge=1, le=65535)
    retry_seconds: int = Field(default=300, ge=0, le=86_400)

    @property
    def home(self) -> Home:
        """The home folder, absolute."""
        return Home(self.data.absolute())

    def decisions_address(self) -> str:
        """SQLAlchemy address of the decisions store."""
        if self.decisions_url is not None:
            return self.decisions_url.get_secret_value()
        return f"sqlite:///{self.home.decisions_file}"

    def block_key(self) -> str:
        """The key of the block list; made at first use with owner-only rights.

        A backup must hold it: without it, those who objected would come back.
        """
        if self.hash_key is not None:
            return self.hash_key.get_secret_value()
        path = self.home.root / HASH_KEY_FILE
        if not path.exists():
            self.home.make()
            draft = path.with_name(f".{HASH_KEY_FILE}.{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32), encoding="ascii")
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text(encoding="ascii").strip()

    def secret(self, name: str) -> str:
        """A secret by its field's name, stripped; empty when the operator gave none."""
        value = getattr(self, name)
        return value.get_secret_value().strip() if value is not None else ""

    def mastodon_token(self, instance: str) -> str | None:
        """The token for one Mastodon instance, when the operator gave one."""
        given = self.mastodon_tokens.get_secret_value() if self.mastodon_tokens else ""
        pairs = (pair.partition("=") for pair in given.split(","))
        return {name.strip(): token.strip() for name, _, token in pairs}.get(instance) or None


def load_settings() -> Settings:
    """Read the environment; raises `SettingsError` that names the variable, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = "PORTEVOIX_" + "_".join(map(str, first["loc"])).upper()
        raise SettingsError(f"environment: {name}: {first['msg']}; mend or unset it") from None


def airflow_environment(settings: Settings) -> dict[str, str]:
    """The variables under which Airflow runs here: offline, quiet, on loopback, no telemetry."""
    airflow = settings.home.airflow
    address = f"http://127.0.0.1:{settings.airflow_port}"
    return {
        "AIRFLOW_HOME": str(airflow),
        "AIRFLOW__CORE__DAGS_FOLDER": str(Path(__file__).parents[1] / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__API__PORT": str(settings.airflow_port),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{airflow / 'airflow.db'}",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "DO_NOT_TRACK": "1",
        "SCARF_ANALYTICS": "false",
        "PORTEVOIX_DATA": str(settings.home.root),
    }


def enter_environment(variables: Mapping[str, str]) -> None:
    """Set variables of this process, without replacing what the operator set for Airflow."""
    os.environ.update(_under_operator(variables))


def child_environment(
    variables: Mapping[str, str], *, is_operator_first: bool = False
) -> dict[str, str]:
    """The environment for a child process: this one's, with `variables` over it.

    `is_operator_first`: what the operator set for Airflow stays, as in `enter_environment`. A
    demo's proxy must replace the operator's own; Airflow's settings must not.
    """
    return {**os.environ, **(_under_operator(variables) if is_operator_first else variables)}


def _under_operator(variables: Mapping[str, str]) -> dict[str, str]:
    # Our own variables come of the operator's, made absolute: a child may start in another folder.
    return {
        name: value if name.startswith("PORTEVOIX_") else os.environ.get(name, value)
        for name, value in variables.items()
    }
