"""The box and other converters on the same folder of documents with truth: quality, time and memory as one table."""
