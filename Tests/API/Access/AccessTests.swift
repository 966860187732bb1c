// Access: tests not written yet.
