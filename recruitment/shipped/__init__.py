"""What comes with the portal: code lists, media that exist everywhere, standard letters and texts. Loaded after migrating."""
