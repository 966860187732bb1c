/// What has happened in a run, or in many: a simulation in which nothing goes wrong proves nothing.
struct Figures: Sendable, CustomStringConvertible {
  var seeds = 0
  /// In microseconds of virtual time.
  var time = 0
  var steps = 0
  var leaders = 0
  var acknowledgements = 0
  var operations = 0
  var unknown = 0
  /// Keys whose history the checker came to no end with.
  var undecided = 0
  var watchedEvents = 0
  var endedLeases = 0
  var memberChanges = 0
  var crashes = 0
  var rejoins = 0
  /// Replicas that refused to start on a damaged disk, and snapshots that were refused on their way.
  var refusals = 0
  var damagedSnapshots = 0
  /// Leaders that found their own to have gone bad on the disk, and made another.
  var renewedSnapshots = 0
  var fullDisks = 0
  var stalledDisks = 0
  var installedSnapshots = 0
  /// Users and roles: how often they changed, and what requests were decided by them.
  var userChanges = 0
  var permissions = 0
  var denials = 0
  /// Times that an operator had to decide.
  var decisions = 0

  static func += (left: inout Figures, right: Figures) {
    left.seeds += right.seeds
    left.time += right.time
    left.steps += right.steps
    left.leaders += right.leaders
    left.acknowledgements += right.acknowledgements
    left.operations += right.operations
    left.unknown += right.unknown
    left.undecided += right.undecided
    left.watchedEvents += right.watchedEvents
    left.endedLeases += right.endedLeases
    left.memberChanges += right.memberChanges
    left.crashes += right.crashes
    left.rejoins += right.rejoins
    left.refusals += right.refusals
    left.damagedSnapshots += right.damagedSnapshots
    left.renewedSnapshots += right.renewedSnapshots
    left.fullDisks += right.fullDisks
    left.stalledDisks += right.stalledDisks
    left.installedSnapshots += right.installedSnapshots
    left.userChanges += right.userChanges
    left.permissions += right.permissions
    left.denials += right.denials
    left.decisions += right.decisions
  }

  var description: String {
    """
    \(seeds) seeds, \(time / 1_000_000) s of simulated time, \(steps) events: \(leaders) elections, \
    \(acknowledgements) answers to clients, \(operations) operations in histories (\(unknown) of unknown outcome; \
    \(undecided) keys undecided), \(watchedEvents) events watched, \(endedLeases) leases ended, \
    \(memberChanges) members left, \(crashes) crashes, \(installedSnapshots) snapshots installed, \(rejoins) rejoins, \
    \(refusals) refusals of damaged disks, \(damagedSnapshots) of damaged snapshots, \(renewedSnapshots) of them \
    made anew, \(fullDisks) full disks, \(stalledDisks) stalled ones, \(userChanges) changes of users and roles, by \
    which \(permissions) requests were permitted and \(denials) denied, \(decisions) times an operator
    """
  }
}
