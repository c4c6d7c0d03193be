"""Counts that management asks for. A statistic that needs a person's name is not a statistic."""
