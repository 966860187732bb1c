extension Descriptions {
  /// Containers and their states; the notation is explained in `Descriptions`.
  static let containers: StaticString = """
    Container One program of a pod, started from an image.
     name Its name, unique in the pod.
     image The image that it is started from.
     command The program to start, in place of the image's entry point; not run in a shell.
     args Arguments of the program, in place of the image's.
     workingDir The folder that it starts in. Default: the image's.
     ports Ports that it listens on. They tell what is there; others can be reached as well.
     envFrom Config maps and secrets whose keys become environment variables.
     env Environment variables; they go before those of envFrom.
     resources What it needs and what it may use at most.
     resizePolicy Whether a change of its resources restarts it.
     restartPolicy When it starts again. Only for init containers: Always makes a sidecar of one.
     volumeMounts Where volumes of the pod appear in it.
     volumeDevices Where block devices of the pod appear in it.
     livenessProbe Tells whether it lives; it is restarted if not.
     readinessProbe Tells whether it can take traffic; services leave it out if not.
     startupProbe Tells whether it has started; the other probes wait for that.
     lifecycle What is done after its start and before its end.
     terminationMessagePath The file whose text becomes its last message. Default /dev/termination-log.
     terminationMessagePolicy Where its last message is from: File (the default), or FallbackToLogsOnError.
     imagePullPolicy When the image is fetched: Always, IfNotPresent, or Never. Default by the image's tag.
     securityContext Its rights and identities; they go before the pod's.
     stdin Whether its standard input is kept open.
     stdinOnce Whether its standard input ends with the first client that attached.
     tty Whether it gets a terminal; needs stdin.
    EphemeralContainer A container that was added to a running pod, to look into it. = EphemeralContainerCommon
     targetContainerName The container whose processes it is to see.
    EphemeralContainerCommon What an ephemeral container has in common with others. = Container
     ports Not allowed here.
     resources Not allowed here: it uses what the pod has.
     resizePolicy Not allowed here.
     restartPolicy Not allowed here.
     livenessProbe Not allowed here.
     readinessProbe Not allowed here.
     startupProbe Not allowed here.
     lifecycle Not allowed here.
    ContainerPort A port that a container listens on.
     name Name of the port, unique in the pod; services can refer to it.
     hostPort The same port of the node, if it is to be reached there.
     containerPort The port number.
     protocol TCP (the default), UDP, or SCTP.
     hostIP The node's address that hostPort is bound to. Default: all of them.
    ContainerResizePolicy What a change of a resource does to a running container.
     resourceName The resource: cpu or memory.
     restartPolicy NotRequired (the default), or RestartContainer.
    EnvVar An environment variable.
     name Its name.
     value Its value; $(NAME) stands for variables before it.
     valueFrom Where its value is from, in place of value.
    EnvVarSource Where the value of a variable is from; exactly one.
     fieldRef A field of the pod.
     resourceFieldRef A request or limit of a container.
     configMapKeyRef A key of a config map.
     secretKeyRef A key of a secret.
    ObjectFieldSelector A field of the pod.
     apiVersion Version that the path is written in. Default v1.
     fieldPath Path of the field, such as metadata.name or status.podIP.
    ResourceFieldSelector A request or limit of a container.
     containerName Which container; needed in volumes.
     resource Which one, such as limits.cpu.
     divisor The unit that it is told in. Default 1.
    ConfigMapKeySelector A key of a config map.
     name Name of the config map.
     key The key.
     optional Whether it may be missing.
    SecretKeySelector A key of a secret.
     name Name of the secret.
     key The key.
     optional Whether it may be missing.
    EnvFromSource A config map or secret whose keys become variables.
     prefix What is put before each name.
     configMapRef The config map.
     secretRef The secret.
    ConfigMapEnvSource A config map whose keys become variables.
     name Name of the config map.
     optional Whether it may be missing.
    SecretEnvSource A secret whose keys become variables.
     name Name of the secret.
     optional Whether it may be missing.
    ResourceRequirements What is needed, and what may be used at most.
     limits What may be used at most, by resource.
     requests What is set aside for it, by resource; the scheduler goes by that. Default: the limits.
     claims Device claims of the pod that are used.
    ResourceClaim Refers to a device claim of the pod.
     name Name of the claim in the pod's spec.
     request Which request of the claim; all of them if empty.
    VolumeMount Where a volume appears in a container.
     name Name of the volume.
     readOnly Whether it can only be read.
     recursiveReadOnly Whether mounts below it can only be read too: Disabled, IfPossible, or Enabled.
     mountPath Path in the container.
     subPath A path in the volume, if not all of it is mounted.
     mountPropagation Whether later mounts are seen: None (the default), HostToContainer, or Bidirectional.
     subPathExpr As subPath, with $(NAME) for environment variables.
    VolumeDevice Where a block device appears in a container.
     name Name of the volume; a claim of mode Block.
     devicePath Path of the device in the container.
    Probe A question that is asked of a container again and again.
     exec Asks by a command.
     httpGet Asks by an HTTP request.
     tcpSocket Asks by opening a connection.
     grpc Asks by gRPC's health check.
     initialDelaySeconds How many seconds after the start it is first asked. Default 0.
     timeoutSeconds After how many seconds no answer is a bad one. Default 1.
     periodSeconds How often it is asked, in seconds. Default 10.
     successThreshold How many good answers in a row turn it to good. Default 1.
     failureThreshold How many bad answers in a row turn it to bad. Default 3.
     terminationGracePeriodSeconds The grace period when this probe ends the container, in place of the pod's.
    ProbeHandler How a probe asks; exactly one.
     exec By a command.
     httpGet By an HTTP request.
     tcpSocket By opening a connection.
     grpc By gRPC's health check.
    Lifecycle What is done at turns of a container's life.
     postStart Done right after its start; if it fails, the container is killed.
     preStop Done before it is ended, within its grace period.
     stopSignal The signal that ends it. Default: the image's, or SIGTERM.
    LifecycleHandler Something to do; exactly one.
     exec Runs a command.
     httpGet Sends an HTTP request.
     tcpSocket Not supported; kept for old objects.
     sleep Waits.
    ExecAction A command that is run in a container.
     command Program and arguments; not run in a shell. It is good if it ends with 0.
    HTTPGetAction An HTTP request; it is good if the answer is from 200 to 399.
     path Path of the request.
     port Port of the container, by number or by name.
     host Host to connect to. Default: the pod's address.
     scheme HTTP (the default) or HTTPS, whose certificate is not checked.
     httpHeaders Headers of the request.
    HTTPHeader A header of a request.
     name Its name.
     value Its value.
    TCPSocketAction A connection that is opened and closed.
     port Port of the container, by number or by name.
     host Host to connect to. Default: the pod's address.
    GRPCAction A health check of gRPC.
     port Port of the container.
     service The service that is asked about. Default: the server as a whole.
    SleepAction A pause.
     seconds How many seconds.
    SecurityContext Rights and identities of a container; they go before the pod's.
     capabilities Capabilities to add and to take away.
     privileged Whether it may do all that root on the node may.
     seLinuxOptions Its SELinux label.
     windowsOptions Settings for Windows.
     runAsUser The user ID that its processes start with. Default: the image's.
     runAsGroup The group ID that its processes start with.
     runAsNonRoot Whether it is refused if it would run as root.
     readOnlyRootFilesystem Whether its root file system can only be read.
     allowPrivilegeEscalation Whether a process may get more rights than its parent.
     procMount How /proc looks: Default, or Unmasked.
     seccompProfile Which system calls are let through.
     appArmorProfile Its AppArmor profile.
    Capabilities Capabilities of processes (POSIX).
     add Those to add to the runtime's own set.
     drop Those to take away from it; ALL for all.
    ContainerStatus How a container is.
     name Its name.
     state What it is doing.
     lastState How it ended the last time.
     ready Whether it passes its readiness probe.
     restartCount How often it was started again.
     image The image that it runs, by name.
     imageID The image that it runs, by digest.
     containerID Its ID, as RUNTIME://ID.
     started Whether it passed its startup probe and its postStart hook.
     allocatedResources What the node has set aside for it.
     resources The requests and limits that are in force.
     volumeMounts How its volumes are mounted.
     user The user that its first process started as.
     allocatedResourcesStatus The health of its devices.
     stopSignal The signal that ends it.
    ContainerState What a container is doing; waiting if nothing is said.
     waiting It waits to be started.
     running It runs.
     terminated It has ended.
    ContainerStateWaiting A container that waits.
     reason Why, as one word in CamelCase, such as ImagePullBackOff.
     message Why, as text for people.
    ContainerStateRunning A container that runs.
     startedAt Since when.
    ContainerStateTerminated A container that has ended.
     exitCode Its exit status.
     signal The signal that ended it, if one did.
     reason Why, as one word in CamelCase, such as Completed, Error or OOMKilled.
     message Its last message.
     startedAt When it started.
     finishedAt When it ended.
     containerID Its ID, as RUNTIME://ID.
    ContainerUser Who a container's first process started as.
     linux On Linux.
    LinuxContainerUser User and groups of a process on Linux.
     uid Its user ID.
     gid Its group ID.
     supplementalGroups Its further groups.
    VolumeMountStatus How a volume is mounted.
     name Name of the volume.
     mountPath Path in the container.
     readOnly Whether it can only be read.
     recursiveReadOnly Whether mounts below it can only be read too: Disabled, or Enabled.
    ResourceStatus The health of the devices of one resource.
     name Name of the resource.
     resources Each device.
    ResourceHealth The health of one device.
     resourceID ID of the device.
     health Healthy, Unhealthy, or Unknown.
    """
}
