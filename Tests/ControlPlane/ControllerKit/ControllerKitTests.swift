// ControllerKit: tests not written yet.
