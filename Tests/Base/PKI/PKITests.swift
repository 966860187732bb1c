// PKI: tests not written yet.
