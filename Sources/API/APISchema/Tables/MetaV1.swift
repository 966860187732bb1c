extension SchemaTables {
  /// The types of meta/v1; the notation is explained in `SchemaTables`.
  static let metaV1: StaticString = """
    APIGroup kind
     name 1 string -
     versions 2 []GroupVersionForDiscovery - list=atomic
     preferredVersion 3 GroupVersionForDiscovery oe
     serverAddressByClientCIDRs 4 []ServerAddressByClientCIDR oe list=atomic
    APIGroupList kind
     groups 1 []APIGroup - list=atomic
    APIResource
     name 1 string -
     singularName 6 string -
     namespaced 2 bool -
     group 8 string e
     version 9 string e
     kind 3 string -
     verbs 4 []string w
     shortNames 5 []string e list=atomic
     categories 7 []string e list=atomic
     storageVersionHash 10 string oe
    APIResourceList kind
     groupVersion 1 string -
     resources 2 []APIResource - list=atomic
    APIVersions kind
     versions 1 []string - list=atomic
     serverAddressByClientCIDRs 2 []ServerAddressByClientCIDR - list=atomic
    ApplyOptions kind
     dryRun 1 []string oe list=atomic
     force 2 bool -
     fieldManager 3 string -
    Condition
     type 1 string r
     status 2 string r enum=True|False|Unknown
     observedGeneration 3 int64 oe
     lastTransitionTime 4 Time r
     reason 5 string r
     message 6 string r
    CreateOptions kind
     dryRun 1 []string oe list=atomic
     fieldManager 3 string oe
     fieldValidation 4 string oe
    DeleteOptions kind
     gracePeriodSeconds 1 int64 oep
     preconditions 2 Preconditions oep
     orphanDependents 3 bool oep
     propagationPolicy 4 string oep enum=Orphan|Background|Foreground
     dryRun 5 []string oe list=atomic
     ignoreStoreReadErrorWithClusterBreakingPotential 6 bool oep
    FieldSelectorRequirement
     key 1 string -
     operator 2 string - enum=In|NotIn|Exists|DoesNotExist
     values 3 []string oe list=atomic
    GetOptions kind
     resourceVersion 1 string oe
    GroupKind
     group 1 string -
     kind 2 string -
    GroupResource
     group 1 string -
     resource 2 string -
    GroupVersion
     group 1 string -
     version 2 string -
    GroupVersionForDiscovery
     groupVersion 1 string -
     version 2 string -
    GroupVersionKind
     group 1 string -
     version 2 string -
     kind 3 string -
    GroupVersionResource
     group 1 string -
     version 2 string -
     resource 3 string -
    LabelSelector atomic
     matchLabels 1 {}string oe
     matchExpressions 2 []LabelSelectorRequirement oe list=atomic
    LabelSelectorRequirement
     key 1 string -
     operator 2 string - enum=In|NotIn|Exists|DoesNotExist
     values 3 []string oe list=atomic
    List kind
     metadata 1 ListMeta oe
     items 2 []RawExtension -
    ListMeta
     selfLink 1 string oe
     resourceVersion 2 string oe
     continue 3 string e
     remainingItemCount 4 int64 oep
    ListOptions kind
     labelSelector 1 string oe
     fieldSelector 2 string oe
     watch 3 bool oe
     allowWatchBookmarks 9 bool oe
     resourceVersion 4 string oe
     resourceVersionMatch 10 string oe enum=NotOlderThan|Exact
     timeoutSeconds 5 int64 oep
     limit 7 int64 e
     continue 8 string e
     sendInitialEvents 11 bool oep
    ManagedFieldsEntry
     manager 1 string e
     operation 2 string e enum=Apply|Update
     apiVersion 3 string e
     time 4 Time oep
     fieldsType 6 string e
     fieldsV1 7 FieldsV1 oep
     subresource 8 string e
    ObjectMeta
     name 1 string oe
     generateName 2 string oe
     namespace 3 string oe
     selfLink 4 string oe
     uid 5 string oe
     resourceVersion 6 string oe
     generation 7 int64 oe
     creationTimestamp 8 Time oe
     deletionTimestamp 9 Time oep
     deletionGracePeriodSeconds 10 int64 oep
     labels 11 {}string oe
     annotations 12 {}string oe
     ownerReferences 13 []OwnerReference oe patch=merge:uid list=map:uid
     finalizers 14 []string oe patch=merge list=set
     managedFields 17 []ManagedFieldsEntry oe list=atomic
    OwnerReference
     apiVersion 5 string -
     kind 1 string -
     name 3 string -
     uid 4 string -
     controller 6 bool oep
     blockOwnerDeletion 7 bool oep
    PartialObjectMetadata kind
     metadata 1 ObjectMeta oe
    PartialObjectMetadataList kind
     metadata 1 ListMeta oe
     items 2 []PartialObjectMetadata -
    PatchOptions kind
     dryRun 1 []string oe list=atomic
     force 2 bool oep
     fieldManager 3 string oe
     fieldValidation 4 string oe
    Preconditions
     uid 1 string oep
     resourceVersion 2 string oep
    RootPaths
     paths 1 []string - list=atomic
    ServerAddressByClientCIDR
     clientCIDR 1 string -
     serverAddress 2 string -
    Status kind
     metadata 1 ListMeta oe
     status 2 string oe
     message 3 string oe
     reason 4 string oe enum=|Unauthorized|Forbidden|NotFound|AlreadyExists|Conflict|Gone|Invalid|ServerTimeout|StorageReadError|Timeout|TooManyRequests|BadRequest|MethodNotAllowed|NotAcceptable|RequestEntityTooLarge|UnsupportedMediaType|InternalError|Expired|ServiceUnavailable
     details 5 StatusDetails oep
     code 6 int32 oe
    StatusCause
     reason 1 string oe enum=FieldValueNotFound|FieldValueRequired|FieldValueDuplicate|FieldValueInvalid|FieldValueNotSupported|FieldValueForbidden|FieldValueTooLong|FieldValueTooMany|InternalError|FieldValueTypeInvalid|UnexpectedServerResponse|FieldManagerConflict|ResourceVersionTooLarge
     message 2 string oe
     field 3 string oe
    StatusDetails
     name 1 string oe
     group 2 string oe
     kind 3 string oe
     uid 6 string oe
     causes 4 []StatusCause oe list=atomic
     retryAfterSeconds 5 int32 oe
    TableOptions kind
     includeObject 1 string e enum=None|Metadata|Object
    TypeMeta
     kind 1 string oe
     apiVersion 2 string oe
    UpdateOptions kind
     dryRun 1 []string oe list=atomic
     fieldManager 2 string oe
     fieldValidation 3 string oe
    WatchEvent
     type 1 string -
     object 2 RawExtension -
    """
}
