// Lab: not built yet.
