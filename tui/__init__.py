"""Everything that a person sees: app, pages, commands, documents, files."""

try:
    from models.schema import late_modules
except ImportError:
    pass  # something lies over `models`: `tui.start` says so
else:
    late_modules.offer("documents", "tui.areas.contributions")  # for words of issued documents
