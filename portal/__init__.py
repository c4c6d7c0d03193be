"""The faces of the house: public pages, workbench, applicant's desk, feeds and sign-in."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
