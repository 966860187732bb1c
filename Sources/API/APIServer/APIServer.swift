// APIServer: not built yet.
