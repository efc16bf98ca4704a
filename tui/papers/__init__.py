"""Papers: documents that can be sent today, made of the records and of templates of one's own."""
