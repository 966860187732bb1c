import JSONDocument

/// Defaults of flowcontrol.apiserver.k8s.io/v1.
enum FlowcontrolDefaults {
  static let kinds: KindDefaults.Group = [
    "FlowSchema": { $0.update("spec") { $0.setDefaultForZero("matchingPrecedence", 1000) } },
    "PriorityLevelConfiguration": { level in
      level.update("spec") { spec in
        spec.update("exempt") { exempt in
          exempt.setDefault("nominalConcurrencyShares", 0)
          exempt.setDefault("lendablePercent", 0)
        }
        spec.update("limited") { limited in
          limited.setDefault("nominalConcurrencyShares", 30)
          limited.setDefault("lendablePercent", 0)
          limited.update("limitResponse") { response in
            response.update("queuing") { queuing in
              queuing.setDefaultForZero("queues", 64)
              queuing.setDefaultForZero("handSize", 8)
              queuing.setDefaultForZero("queueLengthLimit", 50)
            }
          }
        }
      }
    },
  ]
}
