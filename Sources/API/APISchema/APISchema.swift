// APISchema: not built yet.
