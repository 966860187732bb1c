// Integration: tests not written yet.
