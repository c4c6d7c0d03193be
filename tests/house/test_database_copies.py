"""The suite's own ground: copies of one migrated template, whole again after a test that committed."""

import pytest
from wagtail.models import Page

from recruitment.outbox.models import Heartbeat


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_sees_what_the_migrations_wrote():
    Heartbeat.objects.create(name="left behind", at="2026-01-01T00:00:00Z")

    assert Page.objects.filter(depth=1).exists()


@pytest.mark.django_db
def test_what_a_committing_test_left_behind_is_gone_and_the_seed_rows_are_back():
    assert not Heartbeat.objects.exists()
    assert Page.objects.filter(depth=1).exists()
