// JSONDocument: tests not written yet.
