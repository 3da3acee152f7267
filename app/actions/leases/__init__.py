"""What an agent does with tasks: claim, start, renew, complete, fail, release."""
