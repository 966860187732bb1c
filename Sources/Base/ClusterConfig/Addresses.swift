package import Addresses

/// An address as a cluster's file says it.
package typealias IPv4Address = Addresses.IPv4Address
/// A range of addresses as a cluster's file says it.
package typealias IPv4Network = Addresses.IPv4Network
