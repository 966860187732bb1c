// APISchema: tests not written yet.
