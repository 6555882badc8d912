"""What exists: the authority data as a read-only gazetteer; knows no grammar."""
