import JSONDocument
import KubernetesAPI

/// PodTemplates.
struct PodTemplateKind: KindRules {
  typealias Object = CoreV1.PodTemplate

  let storagePath = "podtemplates"
  let countsGenerations = true
  let returnsDeletedObject = true

  func prepareForCreate(_ template: inout CoreV1.PodTemplate) { GatedFields.drop(from: &template.template.spec) }

  func prepareForUpdate(_ template: inout CoreV1.PodTemplate, from old: CoreV1.PodTemplate) {
    GatedFields.drop(from: &template.template.spec, unlessIn: old.template.spec)
  }

  func wantsDiffer(_ template: CoreV1.PodTemplate, _ old: CoreV1.PodTemplate) -> Bool {
    template.template != old.template
  }

  func validate(_ template: CoreV1.PodTemplate, into errors: inout [FieldError]) {
    WorkloadRules.template(template.template, FieldPath("template"), into: &errors)
  }

  func cells(_ template: CoreV1.PodTemplate, now: Int64) -> [JSONValue] {
    let containers = TableCells.containers(template.template.spec)
    return [
      .string(template.metadata.name), containers.names, containers.images,
      TableCells.labels(template.template.metadata.labels),
    ]
  }
}
