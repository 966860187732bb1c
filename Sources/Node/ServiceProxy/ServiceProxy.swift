// ServiceProxy: not built yet.
