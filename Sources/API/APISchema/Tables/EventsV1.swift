extension SchemaTables {
  /// The types of events.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let eventsV1: StaticString = """
    Event kind
     metadata 1 meta/v1.ObjectMeta o
     eventTime 2 MicroTime -
     series 3 EventSeries oep
     reportingController 4 string e
     reportingInstance 5 string e
     action 6 string e
     reason 7 string e
     regarding 8 core/v1.ObjectReference oe
     related 9 core/v1.ObjectReference oep
     note 10 string oe
     type 11 string e
     deprecatedSource 12 core/v1.EventSource oe
     deprecatedFirstTimestamp 13 Time oe
     deprecatedLastTimestamp 14 Time oe
     deprecatedCount 15 int32 oe
    EventList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Event -
    EventSeries
     count 1 int32 -
     lastObservedTime 2 MicroTime -
    """
}
