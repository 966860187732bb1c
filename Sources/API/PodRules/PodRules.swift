// PodRules: not built yet.
