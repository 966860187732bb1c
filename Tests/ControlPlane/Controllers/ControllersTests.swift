// Controllers: tests not written yet.
