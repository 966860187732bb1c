// EtcdAPI: not built yet.
