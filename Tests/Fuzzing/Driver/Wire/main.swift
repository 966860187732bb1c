import FuzzLoop
import FuzzTargets
import WireFuzzTargets

fuzz(FuzzTarget.wire)
