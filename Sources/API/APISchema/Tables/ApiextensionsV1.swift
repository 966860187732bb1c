extension SchemaTables {
  /// The types of apiextensions.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let apiextensionsV1: StaticString = """
    ConversionRequest
     uid 1 string -
     desiredAPIVersion 2 string -
     objects 3 []RawExtension - list=atomic
    ConversionResponse
     uid 1 string -
     convertedObjects 2 []RawExtension - list=atomic
     result 3 meta/v1.Status -
    ConversionReview kind
     request 1 ConversionRequest oep
     response 2 ConversionResponse oep
    CustomResourceColumnDefinition
     name 1 string -
     type 2 string -
     format 3 string oe
     description 4 string oe
     priority 5 int32 oe
     jsonPath 6 string -
    CustomResourceConversion
     strategy 1 string - enum=None|Webhook
     webhook 2 WebhookConversion oep
    CustomResourceDefinition kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 CustomResourceDefinitionSpec -
     status 3 CustomResourceDefinitionStatus oe
    CustomResourceDefinitionCondition
     type 1 string - enum=Established|NamesAccepted|NonStructuralSchema|Terminating|KubernetesAPIApprovalPolicyConformant
     status 2 string - enum=True|False|Unknown
     lastTransitionTime 3 Time oe
     reason 4 string oe
     message 5 string oe
    CustomResourceDefinitionList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []CustomResourceDefinition -
    CustomResourceDefinitionNames
     plural 1 string -
     singular 2 string oe
     shortNames 3 []string oe list=atomic
     kind 4 string -
     listKind 5 string oe
     categories 6 []string oe list=atomic
    CustomResourceDefinitionSpec
     group 1 string -
     names 3 CustomResourceDefinitionNames -
     scope 4 string - enum=Cluster|Namespaced
     versions 7 []CustomResourceDefinitionVersion - list=atomic
     conversion 9 CustomResourceConversion oep
     preserveUnknownFields 10 bool oe
    CustomResourceDefinitionStatus
     conditions 1 []CustomResourceDefinitionCondition o list=map:type
     acceptedNames 2 CustomResourceDefinitionNames o
     storedVersions 3 []string o list=atomic
    CustomResourceDefinitionVersion
     name 1 string -
     served 2 bool -
     storage 3 bool -
     deprecated 7 bool oe
     deprecationWarning 8 string oep
     schema 4 CustomResourceValidation oep
     subresources 5 CustomResourceSubresources oep
     additionalPrinterColumns 6 []CustomResourceColumnDefinition oe list=atomic
     selectableFields 9 []SelectableField oe list=atomic
    CustomResourceSubresourceScale
     specReplicasPath 1 string -
     statusReplicasPath 2 string -
     labelSelectorPath 3 string oep
    CustomResourceSubresourceStatus
    CustomResourceSubresources
     status 1 CustomResourceSubresourceStatus oep
     scale 2 CustomResourceSubresourceScale oep
    CustomResourceValidation
     openAPIV3Schema 1 JSONSchemaProps oep
    ExternalDocumentation
     description 1 string -
     url 2 string -
    JSONSchemaProps
     id 1 string oe
     $schema 2 string oe
     $ref 3 string oe
     description 4 string oe
     type 5 string oe
     format 6 string oe
     title 7 string oe
     default 8 JSON oep
     maximum 9 double oep
     exclusiveMaximum 10 bool oe
     minimum 11 double oep
     exclusiveMinimum 12 bool oe
     maxLength 13 int64 oep
     minLength 14 int64 oep
     pattern 15 string oe
     maxItems 16 int64 oep
     minItems 17 int64 oep
     uniqueItems 18 bool oe
     multipleOf 19 double oep
     enum 20 []JSON oe list=atomic
     maxProperties 21 int64 oep
     minProperties 22 int64 oep
     required 23 []string oe list=atomic
     items 24 JSONSchemaPropsOrArray oep
     allOf 25 []JSONSchemaProps oe list=atomic
     oneOf 26 []JSONSchemaProps oe list=atomic
     anyOf 27 []JSONSchemaProps oe list=atomic
     not 28 JSONSchemaProps oep
     properties 29 {}JSONSchemaProps oe
     additionalProperties 30 JSONSchemaPropsOrBool oep
     patternProperties 31 {}JSONSchemaProps oe
     dependencies 32 {}JSONSchemaPropsOrStringArray oe
     additionalItems 33 JSONSchemaPropsOrBool oep
     definitions 34 {}JSONSchemaProps oe
     externalDocs 35 ExternalDocumentation oep
     example 36 JSON oep
     nullable 37 bool oe
     x-kubernetes-preserve-unknown-fields 38 bool oep
     x-kubernetes-embedded-resource 39 bool oe
     x-kubernetes-int-or-string 40 bool oe
     x-kubernetes-list-map-keys 41 []string oe list=atomic
     x-kubernetes-list-type 42 string oep
     x-kubernetes-map-type 43 string oep
     x-kubernetes-validations 44 []ValidationRule oe list=map:rule
    SelectableField
     jsonPath 1 string -
    ServiceReference
     namespace 1 string -
     name 2 string -
     path 3 string oep
     port 4 int32 oep
    ValidationRule
     rule 1 string -
     message 2 string -
     messageExpression 3 string o
     reason 4 string o
     fieldPath 5 string o
     optionalOldSelf 6 bool o
    WebhookClientConfig
     url 3 string oep
     service 1 ServiceReference oep
     caBundle 2 bytes oe
    WebhookConversion
     clientConfig 2 WebhookClientConfig oep
     conversionReviewVersions 3 []string - list=atomic
    """
}
