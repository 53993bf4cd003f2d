"""Pages of charters: one module for each thing that is looked at or worked on."""
