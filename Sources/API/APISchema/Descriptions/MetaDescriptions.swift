extension Descriptions {
  /// What all objects share; the notation is explained in `Descriptions`.
  static let metaV1: StaticString = """
    ListMeta What a list says of itself.
     selfLink No longer filled in.
     resourceVersion The state that the list shows; a watch can go on from it.
     continue The token that gets the next page; empty on the last one.
     remainingItemCount About how many items follow on later pages, where that is known.
    ObjectMeta What every object says of itself: its name, its labels, who owns it.
     name The object's name, unique among its kind in its namespace; it cannot be changed.
     generateName A prefix from which the server makes a unique name, if no name is given.
     namespace The namespace that the object is in; empty for kinds of the whole cluster.
     selfLink No longer filled in.
     uid Tells this object from all others in time and space, also from earlier ones of its name. Set by the server.
     resourceVersion Changes with every write. An update that carries an older one is refused as a conflict.
     generation Counts the changes of what is wanted (the spec). Set by the server.
     creationTimestamp When the object was created. Set by the server.
     deletionTimestamp When the object is to be gone; set by the server once somebody asked for its deletion.
     deletionGracePeriodSeconds How many seconds the object gets to end in order. Set by the server on deletion.
     labels Short keys and values by which objects are grouped and selected.
     annotations Keys and values for tools to keep notes in; nothing is selected by them.
     ownerReferences The objects that this one belongs to; when all of them are gone, it goes too.
     finalizers Names of those who have something to do before the object may go; each removes its own.
     managedFields Which client wrote which fields, and how. Kept by the server for server-side apply.
    OwnerReference Names the owner of an object, in the same namespace or of the whole cluster.
     apiVersion Group and version of the owner.
     kind Kind of the owner.
     name Name of the owner.
     uid UID of the owner: another object of its name is none.
     controller Whether the owner manages this object; at most one does.
     blockOwnerDeletion Whether the owner's foreground deletion waits for this object.
    ManagedFieldsEntry The fields that one client owns through one kind of writing.
     manager Name of the client or workflow that wrote.
     operation How it wrote: Apply or Update.
     apiVersion Group and version that the fields are named in.
     time When the set of fields, or one of their values, last changed.
     fieldsType The notation of the fields; always FieldsV1.
     fieldsV1 The fields, as a tree of their paths.
     subresource The part that was written, such as status; empty for the object itself.
    LabelSelector Chooses objects by their labels; all conditions have to hold, and none at all chooses everything.
     matchLabels Labels that an object must have with exactly these values.
     matchExpressions Further conditions on labels.
    LabelSelectorRequirement A condition on one label.
     key The label's key.
     operator How the label is compared: In, NotIn, Exists, or DoesNotExist.
     values The values to compare with; none for Exists and DoesNotExist.
    Condition One aspect of an object's state.
     type Name of the aspect, in CamelCase.
     status Whether it holds: True, False, or Unknown.
     observedGeneration The generation of the object that this was found for.
     lastTransitionTime When the status last changed.
     reason Why, as one word in CamelCase for programs.
     message Why, as text for people.
    """
}
