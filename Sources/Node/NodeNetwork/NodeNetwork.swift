// NodeNetwork: not built yet.
