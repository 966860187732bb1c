// ContainerRuntime: not built yet.
