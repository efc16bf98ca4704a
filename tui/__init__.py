"""Everything that a person sees: app, pages, commands, documents, files."""

from models.schema import late_modules

late_modules.offer("documents", "tui.areas.contributions")  # for the words of issued documents
