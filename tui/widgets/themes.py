"""Themes: light, dark and high contrast, one accent colour each; state never by colour alone."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

from models.text.words import W
from tui.display import terminal_text

DEFAULT: Final = "sitebook-dark"

NAMES: Final[dict[str, W]] = {
    "sitebook-dark": W("深色", "Dark"),
    "sitebook-light": W("浅色", "Light"),
    "sitebook-contrast": W("高对比", "High contrast"),
}

THEMES: Final = (
    Theme(
        name="sitebook-dark",
        dark=True,
        primary="#5fa8d3",
        secondary="#7c93a8",
        accent="#e0b45c",
        success="#7fb77e",
        warning="#e0a458",
        error="#e5736f",
        foreground="#d8dee6",
        background="#14181d",
        surface="#14181d",
        panel="#222a33",
        boost="#2b3540",
    ),
    Theme(
        name="sitebook-light",
        dark=False,
        primary="#1f5f8b",
        secondary="#5b6b79",
        accent="#8a5a00",
        success="#2f6f3e",
        warning="#8f5200",
        error="#a3262a",
        foreground="#1d242b",
        background="#fbfbf9",
        surface="#fbfbf9",
        panel="#e8ebee",
        boost="#dfe4e8",
    ),
    Theme(
        name="sitebook-contrast",
        dark=True,
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff00",
        success="#00ff66",
        warning="#ffcc00",
        error="#ff6060",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#303030",
        boost="#303030",
        variables={"text-muted": "#e4e4e4"},
    ),
)


def known(name: str) -> str:
    """The theme of that name, the usual one for a name that is not known (any more)."""
    return name if name in NAMES else DEFAULT


def draw(plain: bool) -> None:
    """Draw with ASCII marks only, for terminals that show ambiguous glyphs two cells wide."""
    terminal_text.drawing.now = terminal_text.PLAIN if plain else terminal_text.FINE
