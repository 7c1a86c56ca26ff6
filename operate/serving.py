"""The pages, served on this machine alone until somebody ends them."""

from __future__ import annotations

__all__ = ["serve_pages"]

from rich.console import Console

from cities.settings import Settings
from review.serve import serve


def serve_pages(settings: Settings, *, console: Console) -> None:
    """Serve the pages and say their address once they answer."""
    serve(
        settings.home,
        settings,
        ready=lambda address: console.print(f"\nThe pages: [bold]{address}[/bold]   (Ctrl-C ends)"),
    )
