// NodeNetwork: tests not written yet.
