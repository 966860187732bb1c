// HTTPServer: not built yet.
