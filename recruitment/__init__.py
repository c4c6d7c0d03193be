"""The domain of recruitment: one house, many rooms. No face (Wagtail, GraphQL, HTML) is known in here."""
