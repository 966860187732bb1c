// APISchema holds what Apus knows about the API's types as data — the tables under Tables/ — and the engine that
// works on documents with it: structural checks, pruning, defaults, patches, OpenAPI, discovery, table columns.
// It is pure. The generated Swift of KubernetesAPI is made from the same tables by GenerateAPI.
