"""The use cases: one file each. Every change of the product goes through here."""
