"""Letters: templates with a closed list of merge fields, the class of each message, one recipient each, and getting them out."""
