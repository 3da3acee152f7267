"""What deploy/ and docker-compose.yml say, read and run."""
