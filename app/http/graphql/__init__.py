"""GraphQL over HTTP: requests, responses, streams of events."""
