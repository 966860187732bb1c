// Registry: not built yet.
