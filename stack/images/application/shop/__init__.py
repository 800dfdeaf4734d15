"""A small tea merchant: orders come in over HTTP, are kept in PostgreSQL, cached in Redis, packed by Celery
workers, and their receipts lie in an S3 store. It is the sample application of the reference stack."""
