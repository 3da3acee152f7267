"""What can happen: one file a verb. Every change of the product goes through here."""
