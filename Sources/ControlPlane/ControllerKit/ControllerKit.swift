// ControllerKit: not built yet.
