import FuzzLoop
import FuzzTargets

fuzz(FuzzTarget.formats)
