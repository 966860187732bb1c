// ContainerRuntime: tests not written yet.
