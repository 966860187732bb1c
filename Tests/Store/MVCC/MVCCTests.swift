// MVCC: tests not written yet.
