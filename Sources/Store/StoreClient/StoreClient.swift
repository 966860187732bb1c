// StoreClient: not built yet.
