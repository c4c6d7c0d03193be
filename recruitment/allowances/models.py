"""One row for each who asked lately."""

from django.db import models


class Allowance(models.Model):
    """How full a bucket was at an instant. The key is a digest: nobody can read an address back out of it."""

    key = models.CharField(max_length=64, primary_key=True)
    points = models.FloatField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.points:.0f} points"
