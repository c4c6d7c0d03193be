"""How an ad reaches other people's media: one file a channel, one interface, one log of what was told to whom."""
