"""Record types that any record may have: notes, attachments, issued documents."""
