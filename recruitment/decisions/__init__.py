"""Recommendation, hiring decision, offers and answers: from "we think we have found the one" to an answer for everybody."""
