import Kubelet
import KubernetesAPI
import Testing

/// The machine behind a reference, so that expectations can drive it.
private final class Probing {
  private var machine: ProbeMachine
  init(kind: ProbeKind, probe: CoreV1.Probe) { machine = ProbeMachine(kind: kind, probe: probe) }
  func record(_ outcome: ProbeOutcome) -> Bool { machine.record(outcome) }
  var verdict: Bool { machine.verdict }
  var hasFailed: Bool { machine.hasFailed }
  var isFinished: Bool { machine.isFinished }
  var lastFailure: String { machine.lastFailure }
}

@Suite("Probes: counting")
struct ProbeMachineTests {
  private func probe(success: Int32 = 1, failure: Int32 = 3) -> CoreV1.Probe {
    var probe = CoreV1.Probe()
    probe.successThreshold = success
    probe.failureThreshold = failure
    return probe
  }

  @Test("readiness says no at first, yes after enough successes, no after enough failures in a row")
  func readiness() {
    let machine = Probing(kind: .readiness, probe: probe(success: 2, failure: 2))
    #expect(!machine.verdict)
    #expect(!machine.record(.success))
    #expect(machine.record(.success))
    #expect(machine.verdict)
    #expect(!machine.record(.failure("x")))
    #expect(!machine.record(.success))
    #expect(!machine.record(.failure("x")))
    #expect(machine.record(.failure("x")))
    #expect(!machine.verdict)
    #expect(!machine.hasFailed)
    #expect(!machine.isFinished)
  }

  @Test("liveness says yes until it fails, and then for good")
  func liveness() {
    let machine = Probing(kind: .liveness, probe: probe())
    #expect(machine.verdict)
    for _ in 0..<2 { #expect(!machine.record(.failure("x"))) }
    #expect(!machine.record(.success))
    for _ in 0..<2 { #expect(!machine.record(.failure("x"))) }
    #expect(machine.record(.failure("y")))
    #expect(machine.hasFailed && machine.isFinished)
    #expect(!machine.record(.success))
    #expect(machine.lastFailure == "y")
  }

  @Test("startup ends with its first verdict")
  func startup() {
    let well = Probing(kind: .startup, probe: probe())
    #expect(!well.isFinished)
    #expect(well.record(.success))
    #expect(well.isFinished && well.verdict && !well.hasFailed)
    let unwell = Probing(kind: .startup, probe: probe(failure: 2))
    #expect(!unwell.record(.failure("x")))
    #expect(unwell.record(.failure("x")))
    #expect(unwell.hasFailed && unwell.isFinished)
  }

  @Test("absent numbers are Kubernetes' defaults")
  func defaults() {
    let machine = ProbeMachine(kind: .liveness, probe: CoreV1.Probe())
    #expect(machine.period == 10 * second)
    #expect(machine.timeout == second)
    #expect(machine.firstDue == 0)
  }
}
