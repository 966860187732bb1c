// PKI: not built yet.
