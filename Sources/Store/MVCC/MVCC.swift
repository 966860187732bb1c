// MVCC: not built yet.
