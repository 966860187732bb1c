// ServiceProxy: tests not written yet.
