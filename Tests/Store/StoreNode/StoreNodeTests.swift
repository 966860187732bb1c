// StoreNode: tests not written yet.
