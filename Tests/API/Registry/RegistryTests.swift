// Registry: tests not written yet.
