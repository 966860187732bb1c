extension SchemaTables {
  /// The types of batch/v1; the notation is explained in `SchemaTables`.
  static let batchV1: StaticString = """
    CronJob kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 CronJobSpec oe
     status 3 CronJobStatus oe
    CronJobList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []CronJob -
    CronJobSpec
     schedule 1 string -
     timeZone 8 string oep
     startingDeadlineSeconds 2 int64 oep
     concurrencyPolicy 3 string oe enum=Allow|Forbid|Replace
     suspend 4 bool oep
     jobTemplate 5 JobTemplateSpec -
     successfulJobsHistoryLimit 6 int32 oep
     failedJobsHistoryLimit 7 int32 oep
    CronJobStatus
     active 1 []core/v1.ObjectReference oe list=atomic
     lastScheduleTime 4 Time oep
     lastSuccessfulTime 5 Time oep
    Job kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 JobSpec oe
     status 3 JobStatus oe
    JobCondition
     type 1 string - enum=Suspended|Complete|Failed|FailureTarget|SuccessCriteriaMet
     status 2 string -
     lastProbeTime 3 Time oe
     lastTransitionTime 4 Time oe
     reason 5 string oe
     message 6 string oe
    JobList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Job -
    JobSpec
     parallelism 1 int32 oep
     completions 2 int32 oep
     activeDeadlineSeconds 3 int64 oep
     podFailurePolicy 11 PodFailurePolicy oep
     successPolicy 16 SuccessPolicy oep
     backoffLimit 7 int32 oep
     backoffLimitPerIndex 12 int32 oep
     maxFailedIndexes 13 int32 oep
     selector 4 meta/v1.LabelSelector oep
     manualSelector 5 bool oep
     template 6 core/v1.PodTemplateSpec -
     ttlSecondsAfterFinished 8 int32 oep
     completionMode 9 string oep enum=NonIndexed|Indexed
     suspend 10 bool oep
     podReplacementPolicy 14 string oep enum=TerminatingOrFailed|Failed
     managedBy 15 string oep
    JobStatus
     conditions 1 []JobCondition oe patch=merge:type list=atomic
     startTime 2 Time oep
     completionTime 3 Time oep
     active 4 int32 oe
     succeeded 5 int32 oe
     failed 6 int32 oe
     terminating 11 int32 oep
     completedIndexes 7 string oe
     failedIndexes 10 string oep
     uncountedTerminatedPods 8 UncountedTerminatedPods oep
     ready 9 int32 ep
    JobTemplateSpec
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 JobSpec oe
    PodFailurePolicy
     rules 1 []PodFailurePolicyRule - list=atomic
    PodFailurePolicyOnExitCodesRequirement
     containerName 1 string oep
     operator 2 string - enum=In|NotIn
     values 3 []int32 - list=set
    PodFailurePolicyOnPodConditionsPattern
     type 1 string -
     status 2 string -
    PodFailurePolicyRule
     action 1 string - enum=FailJob|FailIndex|Ignore|Count
     onExitCodes 2 PodFailurePolicyOnExitCodesRequirement oep
     onPodConditions 3 []PodFailurePolicyOnPodConditionsPattern oe list=atomic
    SuccessPolicy
     rules 1 []SuccessPolicyRule - list=atomic
    SuccessPolicyRule
     succeededIndexes 1 string oep
     succeededCount 2 int32 oep
    UncountedTerminatedPods
     succeeded 1 []string oe list=set
     failed 2 []string oe list=set
    """
}
