#!/usr/bin/env python3
"""The Python client of Kubernetes against a cluster: typed access, patches, watches, the dynamic client.

    KUBECONFIG=FILE client.py

PythonClientTests.swift runs it; dev/setup installs the client.
"""

import base64
import json
import threading
import unittest

import yaml
from kubernetes import client, config, dynamic, utils, watch
from kubernetes.client.exceptions import ApiException
from kubernetes.stream import stream

SPACE = "python"
config.load_kube_config()
core = client.CoreV1Api()
apps = client.AppsV1Api()


def config_map(name, data=None, labels=None):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name, labels=labels), data=data or {})


def deployment(name, replicas=1):
    labels = {"app": name}
    return client.V1Deployment(
        metadata=client.V1ObjectMeta(name=name),
        spec=client.V1DeploymentSpec(
            replicas=replicas,
            selector=client.V1LabelSelector(match_labels=labels),
            template=client.V1PodTemplateSpec(
                metadata=client.V1ObjectMeta(labels=labels),
                spec=client.V1PodSpec(
                    containers=[
                        client.V1Container(
                            name="main",
                            image="demo:1",
                            ports=[client.V1ContainerPort(container_port=80)],
                            resources=client.V1ResourceRequirements(requests={"cpu": "10m"}),
                        )
                    ]
                ),
            ),
        ),
    )


def eventually(test, what, limit=300):
    """Follows the namespace's objects with a watch until `what` says that it is so."""
    import time

    end = time.monotonic() + limit
    while True:
        found = what()
        if found:
            return found
        if time.monotonic() > end:
            test.fail("it never came: %s" % what)
        time.sleep(0.1)


class Case(unittest.TestCase):
    maxDiff = None

    def refused(self, code, reason, function, *arguments, **options):
        """The error, after a look at the Status that came with it."""
        with self.assertRaises(ApiException) as context:
            function(*arguments, **options)
        error = context.exception
        self.assertEqual(error.status, code, error.body)
        status = json.loads(error.body)
        self.assertEqual(status["kind"], "Status")
        self.assertEqual(status["apiVersion"], "v1")
        self.assertEqual(status["status"], "Failure")
        self.assertEqual(status["code"], code)
        self.assertEqual(status.get("reason"), reason)
        self.assertTrue(status["message"])
        return status


class TypedAccess(Case):
    def test_objects_come_and_go(self):
        made = core.create_namespaced_config_map(SPACE, config_map("typed", {"a": "1"}, {"app": "x"}))
        self.assertEqual(made.data, {"a": "1"})
        self.assertEqual(made.metadata.labels, {"app": "x"})
        self.assertTrue(made.metadata.uid and made.metadata.resource_version)
        self.assertIsNotNone(made.metadata.creation_timestamp.tzinfo)
        read = core.read_namespaced_config_map("typed", SPACE)
        self.assertEqual(read, made)
        found = core.list_namespaced_config_map(SPACE, label_selector="app=x")
        self.assertEqual([item.metadata.name for item in found.items], ["typed"])
        self.assertTrue(found.metadata.resource_version)
        everywhere = core.list_config_map_for_all_namespaces(field_selector="metadata.name=typed")
        self.assertEqual(len(everywhere.items), 1)
        gone = core.delete_namespaced_config_map("typed", SPACE)
        self.assertEqual(gone.status, "Success")
        self.assertEqual(gone.details.uid, made.metadata.uid)
        self.refused(404, "NotFound", core.read_namespaced_config_map, "typed", SPACE)

    def test_binary_data_and_secrets(self):
        raw = bytes(range(256))
        text = base64.b64encode(raw).decode()
        made = core.create_namespaced_secret(
            SPACE,
            client.V1Secret(
                metadata=client.V1ObjectMeta(generate_name="made-"), string_data={"word": "x"}, data={"raw": text}
            ),
        )
        self.assertRegex(made.metadata.name, "^made-[a-z0-9]{5}$")
        self.assertEqual(made.data["word"], base64.b64encode(b"x").decode())
        self.assertEqual(base64.b64decode(made.data["raw"]), raw)
        core.delete_namespaced_secret(made.metadata.name, SPACE)

    def test_dry_runs_keep_nothing(self):
        made = core.create_namespaced_config_map(SPACE, config_map("dry"), dry_run="All")
        self.assertTrue(made.metadata.uid)
        self.refused(404, "NotFound", core.read_namespaced_config_map, "dry", SPACE)

    def test_a_write_over_somebody_elses_is_a_conflict(self):
        first = core.create_namespaced_config_map(SPACE, config_map("raced", {"a": "1"}))
        second = core.read_namespaced_config_map("raced", SPACE)
        second.data["a"] = "2"
        core.replace_namespaced_config_map("raced", SPACE, second)
        first.data["a"] = "3"
        status = self.refused(409, "Conflict", core.replace_namespaced_config_map, "raced", SPACE, first)
        self.assertIn("the object has been modified", status["message"])
        self.assertEqual(core.read_namespaced_config_map("raced", SPACE).data, {"a": "2"})
        self.refused(409, "AlreadyExists", core.create_namespaced_config_map, SPACE, config_map("raced"))
        core.delete_namespaced_config_map("raced", SPACE)

    def test_many_at_once_lose_nothing(self):
        core.create_namespaced_config_map(SPACE, config_map("counter", {"n": "0"}))

        def count():
            for _ in range(10):
                while True:
                    now = core.read_namespaced_config_map("counter", SPACE)
                    now.data["n"] = str(int(now.data["n"]) + 1)
                    try:
                        core.replace_namespaced_config_map("counter", SPACE, now)
                        break
                    except ApiException as error:
                        if error.status != 409:
                            raise

        threads = [threading.Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(core.read_namespaced_config_map("counter", SPACE).data, {"n": "40"})

    def test_what_is_wrong_is_said(self):
        wrong = deployment("wrong", replicas=-1)
        wrong.spec.template.metadata.labels = {"app": "other"}
        status = self.refused(422, "Invalid", apps.create_namespaced_deployment, SPACE, wrong)
        self.assertEqual(status["details"]["kind"], "Deployment")
        self.assertEqual(status["details"]["group"], "apps")
        fields = {cause["field"]: cause["reason"] for cause in status["details"]["causes"]}
        self.assertEqual(fields.get("spec.replicas"), "FieldValueInvalid")
        self.assertEqual(fields.get("spec.template.metadata.labels"), "FieldValueInvalid")
        body = {"metadata": {"name": "wrong"}, "datum": {}}
        status = self.refused(
            400, "BadRequest", core.create_namespaced_config_map, SPACE, body, field_validation="Strict"
        )
        self.assertIn('unknown field "datum"', status["message"])
        self.refused(404, "NotFound", core.create_namespaced_config_map, "nowhere", config_map("x"))

    def test_deletes_as_asked(self):
        made = core.create_namespaced_config_map(SPACE, config_map("once"))
        other = client.V1DeleteOptions(preconditions=client.V1Preconditions(uid="other"))
        self.refused(409, "Conflict", core.delete_namespaced_config_map, "once", SPACE, body=other)
        same = client.V1DeleteOptions(preconditions=client.V1Preconditions(uid=made.metadata.uid))
        core.delete_namespaced_config_map("once", SPACE, body=same)
        for number in range(3):
            core.create_namespaced_config_map(SPACE, config_map("many-%d" % number, labels={"many": "yes"}))
        core.delete_collection_namespaced_config_map(SPACE, label_selector="many=yes")
        self.assertEqual(core.list_namespaced_config_map(SPACE, label_selector="many=yes").items, [])
        service = {"metadata": {"name": "many", "labels": {"many": "yes"}}, "spec": {"ports": [{"port": 80}]}}
        core.create_namespaced_service(SPACE, service)
        core.delete_collection_namespaced_service(SPACE, label_selector="many=yes")
        self.assertEqual(core.list_namespaced_service(SPACE, label_selector="many=yes").items, [])

    def test_owners_take_theirs_with_them(self):
        apps.create_namespaced_deployment(SPACE, deployment("owner"))
        options = {"label_selector": "app=owner"}
        eventually(self, lambda: apps.list_namespaced_replica_set(SPACE, **options).items)
        apps.delete_namespaced_deployment("owner", SPACE, propagation_policy="Foreground")
        eventually(self, lambda: not apps.list_namespaced_replica_set(SPACE, **options).items)
        eventually(self, lambda: not core.list_namespaced_pod(SPACE, **options).items)
        apps.create_namespaced_deployment(SPACE, deployment("orphaned"))
        options = {"label_selector": "app=orphaned"}
        eventually(self, lambda: apps.list_namespaced_replica_set(SPACE, **options).items)
        apps.delete_namespaced_deployment("orphaned", SPACE, propagation_policy="Orphan")

        def gone():
            try:
                apps.read_namespaced_deployment("orphaned", SPACE)
                return False
            except ApiException as error:
                return error.status == 404

        eventually(self, gone)
        left = apps.list_namespaced_replica_set(SPACE, **options).items
        self.assertEqual(len(left), 1)
        self.assertIsNone(left[0].metadata.owner_references)
        apps.delete_namespaced_replica_set(left[0].metadata.name, SPACE)

    def test_subresources(self):
        apps.create_namespaced_deployment(SPACE, deployment("scaled"))
        scale = apps.read_namespaced_deployment_scale("scaled", SPACE)
        self.assertEqual((scale.spec.replicas, scale.status.selector), (1, "app=scaled"))
        apps.patch_namespaced_deployment_scale("scaled", SPACE, {"spec": {"replicas": 2}})

        def scaled():
            scale = apps.read_namespaced_deployment_scale("scaled", SPACE)
            scale.spec.replicas = 3
            try:
                return apps.replace_namespaced_deployment_scale("scaled", SPACE, scale).spec.replicas == 3
            except ApiException as error:
                # The controller may have written its status meanwhile.
                self.assertEqual(error.status, 409)
                return False

        eventually(self, scaled)
        eventually(self, lambda: apps.read_namespaced_deployment_status("scaled", SPACE).status.ready_replicas == 3)
        # A status is written by its own path only.
        now = apps.patch_namespaced_deployment("scaled", SPACE, {"status": {"replicas": 99}})
        self.assertNotEqual(now.status.replicas, 99)
        pod = core.list_namespaced_pod(SPACE, label_selector="app=scaled").items[0]
        condition = {"type": "example.com/Checked", "status": "True"}
        now = core.patch_namespaced_pod_status(pod.metadata.name, SPACE, {"status": {"conditions": [condition]}})
        self.assertIn("example.com/Checked", [item.type for item in now.status.conditions])
        self.assertGreater(len(now.status.conditions), 1)
        eviction = client.V1Eviction(metadata=client.V1ObjectMeta(name=pod.metadata.name, namespace=SPACE))
        core.create_namespaced_pod_eviction(pod.metadata.name, SPACE, eviction)
        apps.delete_namespaced_deployment("scaled", SPACE)


class Patches(Case):
    def setUp(self):
        apps.create_namespaced_deployment(SPACE, deployment("patched"))

    def tearDown(self):
        apps.delete_namespaced_deployment("patched", SPACE)

    def patch(self, body, kind, **options):
        api = client.ApiClient()
        api.set_default_header("Content-Type", "application/%s" % kind)
        return client.AppsV1Api(api).patch_namespaced_deployment("patched", SPACE, body, **options)

    def names(self, found):
        return [container.name for container in found.spec.template.spec.containers]

    def test_each_kind(self):
        side = {"spec": {"template": {"spec": {"containers": [{"name": "side", "image": "side:1"}]}}}}
        found = self.patch(side, "strategic-merge-patch+json")
        self.assertEqual(sorted(self.names(found)), ["main", "side"])
        found = self.patch(side, "merge-patch+json")
        self.assertEqual(self.names(found), ["side"])
        steps = [
            {"op": "test", "path": "/spec/template/spec/containers/0/name", "value": "side"},
            {"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "side:2"},
            {"op": "add", "path": "/metadata/labels", "value": {"step": "by-step"}},
        ]
        found = self.patch(steps, "json-patch+json")
        self.assertEqual(found.spec.template.spec.containers[0].image, "side:2")
        self.assertEqual(found.metadata.labels, {"step": "by-step"})
        found = self.patch({"metadata": {"labels": {"step": None}}}, "merge-patch+json")
        self.assertFalse(found.metadata.labels)
        steps[0]["value"] = "other"
        self.refused(422, "Invalid", self.patch, steps, "json-patch+json")
        self.refused(415, "UnsupportedMediaType", self.patch, {}, "json")

    def test_applies_at_the_server(self):
        body = {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "patched", "labels": {"tier": "front"}},
            "spec": {"replicas": 4},
        }
        status = self.refused(409, "Conflict", self.patch, body, "apply-patch+yaml", field_manager="ci")
        self.assertEqual([cause["field"] for cause in status["details"]["causes"]], [".spec.replicas"])
        found = self.patch(body, "apply-patch+yaml", field_manager="ci", force=True)
        self.assertEqual(found.spec.replicas, 4)
        records = {(entry.manager, entry.operation) for entry in found.metadata.managed_fields}
        self.assertIn(("ci", "Apply"), records)
        del body["metadata"]["labels"]
        found = self.patch(body, "apply-patch+yaml", field_manager="ci")
        self.assertFalse(found.metadata.labels)


class Lists(Case):
    def test_pages(self):
        for number in range(7):
            core.create_namespaced_config_map(SPACE, config_map("page-%d" % number, labels={"pages": "yes"}))
        names, more, pages = [], None, 0
        while True:
            page = core.list_namespaced_config_map(SPACE, label_selector="pages=yes", limit=3, _continue=more)
            names += [item.metadata.name for item in page.items]
            pages += 1
            if pages == 1:
                # What comes later is not in the pages of an earlier state.
                core.create_namespaced_config_map(SPACE, config_map("page-9", labels={"pages": "yes"}))
            more = page.metadata._continue
            if not more:
                break
        self.assertEqual(names, ["page-%d" % number for number in range(7)])
        self.assertEqual(pages, 3)
        self.refused(400, "BadRequest", core.list_namespaced_config_map, SPACE, limit=1, _continue="nonsense")
        core.delete_collection_namespaced_config_map(SPACE, label_selector="pages=yes")


class Watches(Case):
    def test_every_change_once_in_order(self):
        start = core.list_namespaced_config_map(SPACE).metadata.resource_version
        core.create_namespaced_config_map(SPACE, config_map("watched", {"n": "0"}, {"watch": "yes"}))
        for number in range(1, 4):
            core.patch_namespaced_config_map("watched", SPACE, {"data": {"n": str(number)}})
        core.delete_namespaced_config_map("watched", SPACE)
        options = dict(label_selector="watch=yes", timeout_seconds=300)
        seen, last = [], None
        watcher = watch.Watch()
        for event in watcher.stream(core.list_namespaced_config_map, SPACE, resource_version=start, **options):
            self.assertIsInstance(event["object"], client.V1ConfigMap)
            seen.append((event["type"], event["object"].data["n"]))
            if len(seen) == 2:
                last = event["object"].metadata.resource_version
                watcher.stop()
        self.assertEqual(seen, [("ADDED", "0"), ("MODIFIED", "1")])
        # Goes on where the first one stopped.
        watcher = watch.Watch()
        for event in watcher.stream(core.list_namespaced_config_map, SPACE, resource_version=last, **options):
            seen.append((event["type"], event["object"].data["n"]))
            if event["type"] == "DELETED":
                watcher.stop()
        self.assertEqual(seen[2:], [("MODIFIED", "2"), ("MODIFIED", "3"), ("DELETED", "3")])

    def test_ends_in_its_time(self):
        events = list(
            watch.Watch().stream(core.list_namespaced_config_map, SPACE, label_selector="none=such", timeout_seconds=1)
        )
        self.assertEqual(events, [])

    def test_begins_with_what_there_is(self):
        core.create_namespaced_config_map(SPACE, config_map("there", labels={"there": "yes"}))
        events = [
            event
            for event in watch.Watch().stream(
                core.list_namespaced_config_map, SPACE, label_selector="there=yes", timeout_seconds=6
            )
        ]
        self.assertEqual([(event["type"], event["object"].metadata.name) for event in events], [("ADDED", "there")])
        core.delete_namespaced_config_map("there", SPACE)

    def test_a_position_that_never_was(self):
        with self.assertRaises(ApiException) as context:
            for _ in watch.Watch().stream(
                core.list_namespaced_config_map, SPACE, resource_version="soon", timeout_seconds=1
            ):
                pass
        self.assertEqual(context.exception.status, 400)

    def test_follows_a_rollout(self):
        apps.create_namespaced_deployment(SPACE, deployment("followed", replicas=2))
        watcher, ready = watch.Watch(), 0
        for event in watcher.stream(
            apps.list_namespaced_deployment, SPACE, field_selector="metadata.name=followed", timeout_seconds=300
        ):
            ready = event["object"].status.ready_replicas or 0
            if ready == 2:
                watcher.stop()
        self.assertEqual(ready, 2)
        apps.delete_namespaced_deployment("followed", SPACE)


class OtherClients(Case):
    def test_the_dynamic_client(self):
        dyn = dynamic.DynamicClient(client.ApiClient())
        maps = dyn.resources.get(api_version="v1", kind="ConfigMap")
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "dyn"}, "data": {"a": "1"}}
        made = maps.server_side_apply(body=body, namespace=SPACE, field_manager="dyn")
        self.assertEqual(made.data.a, "1")
        with self.assertRaises(dynamic.exceptions.ConflictError):
            body["data"]["a"] = "2"
            maps.server_side_apply(body=body, namespace=SPACE, field_manager="other")
        made = maps.server_side_apply(body=body, namespace=SPACE, field_manager="other", force_conflicts=True)
        self.assertEqual(made.data.a, "2")
        self.assertEqual([item.metadata.name for item in maps.get(namespace=SPACE, field_selector="metadata.name=dyn").items], ["dyn"])
        for event in maps.watch(namespace=SPACE, name="dyn", timeout=300):
            self.assertEqual((event["type"], event["object"].metadata.name), ("ADDED", "dyn"))
            break
        deployments = dyn.resources.get(api_version="apps/v1", kind="Deployment")
        self.assertIn("scale", deployments.subresources)
        self.assertEqual(maps.delete(name="dyn", namespace=SPACE).status, "Success")
        with self.assertRaises(dynamic.exceptions.NotFoundError):
            maps.get(name="dyn", namespace=SPACE)
        with self.assertRaises(dynamic.exceptions.ResourceNotFoundError):
            dyn.resources.get(api_version="example.com/v1", kind="Gadget")

    def test_custom_objects_are_not_there(self):
        custom = client.CustomObjectsApi()
        with self.assertRaises(ApiException) as context:
            custom.list_namespaced_custom_object("example.com", "v1", SPACE, "gadgets")
        self.assertEqual(context.exception.status, 404)
        # Built-in kinds go by the same door.
        found = custom.list_namespaced_custom_object("apps", "v1", SPACE, "deployments")
        self.assertEqual(found["kind"], "DeploymentList")

    def test_from_yaml(self):
        text = """
apiVersion: v1
kind: ConfigMap
metadata: {name: yaml-map}
data: {a: b}
---
apiVersion: v1
kind: Service
metadata: {name: yaml-service}
spec: {ports: [{port: 80, targetPort: web}], selector: {app: x}}
"""
        made = utils.create_from_yaml(client.ApiClient(), yaml_objects=yaml.safe_load_all(text), namespace=SPACE)
        self.assertEqual(len(made), 2)
        service = core.read_namespaced_service("yaml-service", SPACE)
        self.assertEqual(service.spec.ports[0].target_port, "web")
        self.assertTrue(service.spec.cluster_ip)
        core.delete_namespaced_service("yaml-service", SPACE)
        core.delete_namespaced_config_map("yaml-map", SPACE)

    def test_accounts_come_with_tokens(self):
        account = client.V1ServiceAccount(metadata=client.V1ObjectMeta(name="robot"))
        core.create_namespaced_service_account(SPACE, account)
        request = client.AuthenticationV1TokenRequest(
            spec=client.V1TokenRequestSpec(expiration_seconds=600, audiences=[])
        )
        issued = core.create_namespaced_service_account_token("robot", SPACE, request)
        settings = client.Configuration.get_default_copy()
        settings.cert_file = settings.key_file = None
        settings.api_key = {"authorization": "Bearer " + issued.status.token}
        robot = client.ApiClient(settings)
        review = client.AuthenticationV1Api(robot).create_self_subject_review(client.V1SelfSubjectReview())
        self.assertEqual(review.status.user_info.username, "system:serviceaccount:%s:robot" % SPACE)
        self.refused(403, "Forbidden", client.CoreV1Api(robot).list_namespaced_pod, SPACE)
        rbac = client.RbacAuthorizationV1Api()
        rbac.create_namespaced_role_binding(
            SPACE,
            client.V1RoleBinding(
                metadata=client.V1ObjectMeta(name="robot"),
                role_ref=client.V1RoleRef(api_group="rbac.authorization.k8s.io", kind="ClusterRole", name="view"),
                subjects=[client.RbacV1Subject(kind="ServiceAccount", name="robot", namespace=SPACE)],
            ),
        )

        def may_read():
            try:
                return client.CoreV1Api(robot).list_namespaced_pod(SPACE) is not None
            except ApiException as error:
                self.assertEqual(error.status, 403)
                return False

        eventually(self, may_read)
        asked = client.AuthorizationV1Api(robot).create_self_subject_access_review(
            client.V1SelfSubjectAccessReview(
                spec=client.V1SelfSubjectAccessReviewSpec(
                    resource_attributes=client.V1ResourceAttributes(verb="delete", resource="pods", namespace=SPACE)
                )
            )
        )
        self.assertFalse(asked.status.allowed)
        settings.api_key = {"authorization": "Bearer " + issued.status.token + "x"}
        stranger = client.CoreV1Api(client.ApiClient(settings))
        self.refused(401, "Unauthorized", stranger.list_namespaced_pod, SPACE)

    def test_what_is_served(self):
        self.assertRegex(client.VersionApi().get_code().git_version, r"^v1\.33\.\d+\+apus$")
        groups = {group.name for group in client.ApisApi().get_api_versions().groups}
        self.assertLessEqual({"apps", "batch", "rbac.authorization.k8s.io"}, groups)
        kinds = {resource.name for resource in core.get_api_resources().resources}
        self.assertLessEqual({"pods", "pods/log", "services", "nodes/status"}, kinds)

    def test_other_groups(self):
        batch = client.BatchV1Api()
        job = client.V1Job(
            metadata=client.V1ObjectMeta(name="once"),
            spec=client.V1JobSpec(
                suspend=True,
                template=client.V1PodTemplateSpec(
                    spec=client.V1PodSpec(
                        restart_policy="Never", containers=[client.V1Container(name="c", image="demo:1")]
                    )
                ),
            ),
        )
        made = batch.create_namespaced_job(SPACE, job)
        self.assertEqual(made.spec.template.metadata.labels["job-name"], "once")
        batch.delete_namespaced_job("once", SPACE, propagation_policy="Background")
        scaling = client.AutoscalingV2Api()
        body = client.V2HorizontalPodAutoscaler(
            metadata=client.V1ObjectMeta(name="auto"),
            spec=client.V2HorizontalPodAutoscalerSpec(
                max_replicas=3,
                scale_target_ref=client.V2CrossVersionObjectReference(kind="Deployment", name="x", api_version="apps/v1"),
            ),
        )
        scaling.create_namespaced_horizontal_pod_autoscaler(SPACE, body)
        older = client.AutoscalingV1Api().read_namespaced_horizontal_pod_autoscaler("auto", SPACE)
        self.assertEqual(older.spec.max_replicas, 3)
        scaling.delete_namespaced_horizontal_pod_autoscaler("auto", SPACE)
        lease = client.V1Lease(
            metadata=client.V1ObjectMeta(name="lock"), spec=client.V1LeaseSpec(holder_identity="me")
        )
        leases = client.CoordinationV1Api()
        self.assertEqual(leases.create_namespaced_lease(SPACE, lease).spec.holder_identity, "me")
        leases.delete_namespaced_lease("lock", SPACE)

    def test_streams_into_a_pod_that_is_not_there(self):
        with self.assertRaises(ApiException) as context:
            stream(core.connect_get_namespaced_pod_exec, "none", SPACE, command="true", stdout=True)
        self.assertIn("404", str(context.exception))


if __name__ == "__main__":
    core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=SPACE)))
    try:
        unittest.main(verbosity=2)
    finally:
        core.delete_namespace(SPACE)
