// JSONDocument: not built yet.
