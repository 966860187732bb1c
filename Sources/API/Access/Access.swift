// Access: not built yet.
