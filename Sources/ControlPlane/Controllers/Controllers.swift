// Controllers: not built yet.
