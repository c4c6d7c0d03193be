"""Loading the demo, room by room. Everything is invented; addresses end in .example."""
