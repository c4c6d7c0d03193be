"""The integrators' face: one GraphQL endpoint, bearer token or anonymous."""
