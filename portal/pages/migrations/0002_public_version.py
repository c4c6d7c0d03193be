"""Pages, their looks and their pictures raise the number of what the public sees, like the rows that they show."""

from importlib import import_module

from django.db import migrations

numbered = import_module("recruitment.migrations.0007_public_version")
TABLES = (
    "wagtailcore_page", "wagtailcore_site", "wagtailcore_locale", "wagtailcore_pageviewrestriction", "pages_homepage",
    "pages_jobindexpage", "pages_institutionpage", "pages_jobadpage", "pages_adlayout", "pages_standardtext",
    "pages_contenttemplate", "pages_portalimage",
)


class Migration(migrations.Migration):

    dependencies = [
        ("pages", "0001_initial"),
        ("recruitment", "0007_public_version"),
    ]

    operations = [migrations.RunSQL(numbered.forward(TABLES), numbered.backward(TABLES))]
