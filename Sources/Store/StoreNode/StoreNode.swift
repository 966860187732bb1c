// StoreNode: not built yet.
