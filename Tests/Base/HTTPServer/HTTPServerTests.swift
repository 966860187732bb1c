// HTTPServer: tests not written yet.
