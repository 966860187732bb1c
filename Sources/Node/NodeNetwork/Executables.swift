import Glibc

/// Whether this process may run the file.
func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
