"""What both web doors share, and GraphQL over the wire: where strawberry and starlette meet."""
