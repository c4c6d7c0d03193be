"""The administrator's screens: everything an institution decides about itself."""
