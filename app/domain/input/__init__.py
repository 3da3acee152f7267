"""Reading untrusted input: JSON and the fields of objects."""
