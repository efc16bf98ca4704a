"""Appearance: theme and glyphs of the app as the settings want them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from tui.widgets import themes

if TYPE_CHECKING:
    from models.storage.settings import Settings


def dress(app: App[Any], settings: Settings) -> None:
    """Put on theme and glyphs; before the app runs, without its changing from another theme."""
    theme = themes.known(settings.theme)
    if app.is_running:
        app.theme = theme
    else:  # as a change it would have every style sheet parsed again, 20 ms
        app.set_reactive(App.theme, theme)
        app.stylesheet.set_variables(app.get_css_variables())
        app.set_class(app.current_theme.dark, "-dark-mode", update=False)
        app.set_class(not app.current_theme.dark, "-light-mode", update=False)
    themes.draw(settings.ascii)
    app.set_class(settings.ascii, "-ascii")
