"""What REST and GraphQL share over HTTP, and GraphQL over HTTP and WebSocket."""
