// APIServer: tests not written yet.
