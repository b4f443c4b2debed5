{{/* Non-root, nothing to write but its volumes, no capability: the whole of a container's rights. */}}
{{- define "plenary.rights" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Environment of every process of the program, from settings of docs/operate/configuration.md. */}}
{{- define "plenary.secretEnv" -}}
{{- if .Values.database.secret }}
- name: ConnectionStrings__Db
  valueFrom: {secretKeyRef: {name: {{ .Values.database.secret }}, key: {{ .Values.database.key }}}}
{{- end }}
{{- if .Values.metrics.enabled }}
- name: Metrics__Token
  valueFrom: {secretKeyRef: {name: {{ .Values.metrics.secret }}, key: {{ .Values.metrics.key }}}}
{{- end }}
{{- if .Values.janus.enabled }}
- name: Media__JanusSecret
  valueFrom: {secretKeyRef: {name: {{ .Values.janus.secret }}, key: apiSecret}}
- name: Media__JanusRoomsKey
  valueFrom: {secretKeyRef: {name: {{ .Values.janus.secret }}, key: roomsKey}}
{{- end }}
{{- if .Values.turn.urls }}
- name: Media__TurnSecret
  valueFrom: {secretKeyRef: {name: {{ .Values.turn.secret }}, key: secret}}
{{- end }}
{{- range .Values.secretConfig }}
- name: {{ .env }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: {{ .key }}}}
{{- end }}
{{- end }}

{{/* A pod of the program. Takes (dict root component image resources nodeSelector tolerations seccomp env). */}}
{{- define "plenary.pod" -}}
{{- $root := .root }}{{ $v := $root.Values -}}
metadata:
  labels:
    {{- include "plenary.labels" (list $root .component) | nindent 4 }}
    {{- include "plenary.silos" $root | nindent 4 }}
  annotations:
    checksum/config: {{ include "plenary.config" $root | sha256sum }}
    {{- if or $v.disruption.protect (eq .component "composer") }}
    karpenter.sh/do-not-disrupt: "true"
    {{- end }}
    {{- if $v.mesh.enabled }}
    {{- include "plenary.sidecar" $root | nindent 4 }}
    {{- end }}
    {{- with $v.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "plenary.account" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $v.drain.graceSeconds }}
  {{- with $v.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $v.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      {{- toYaml .seccomp | nindent 6 }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: {{ $v.spread.zones }}
      labelSelector:
        matchLabels:
          {{- include "plenary.selector" (list $root .component) | nindent 10 }}
      matchLabelKeys: [pod-template-hash]
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "plenary.selector" (list $root .component) | nindent 10 }}
      matchLabelKeys: [pod-template-hash]
  {{- with .nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $v.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: plenary
      image: {{ include "plenary.image" (list $root .image) }}
      imagePullPolicy: {{ $v.image.pullPolicy }}
      ports:
        - {name: http, containerPort: 8080}
        {{- if include "plenary.clustered" $root }}
        - {name: silo, containerPort: 11111}
        {{- end }}
        {{- if and $v.rtmp.enabled (eq .component "web") }}
        - {name: rtmp, containerPort: 1935}
        {{- end }}
      envFrom:
        - configMapRef: {name: {{ include "plenary.name" $root }}}
      env:
        {{- if include "plenary.clustered" $root }}
        - name: Cluster__Address
          valueFrom: {fieldRef: {fieldPath: status.podIP}}
        {{- end }}
        {{- if $v.janus.enabled }}
        - name: Media__RtpAddress
          valueFrom: {fieldRef: {fieldPath: status.podIP}}
        {{- end }}
        {{- include "plenary.secretEnv" $root | nindent 8 }}
        {{- range $name, $value := .env }}
        - name: {{ $name }}
          value: {{ $value | quote }}
        {{- end }}
      # It listens once it is a member of the cluster and the database is migrated.
      startupProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 2
        timeoutSeconds: 6
        failureThreshold: 150
      # A check has 5 s to answer (Health.cs); only then a restart may help.
      livenessProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 10
        timeoutSeconds: 6
        failureThreshold: 3
      readinessProbe:
        httpGet: {path: /health/ready, port: http}
        periodSeconds: 5
        timeoutSeconds: 6
        failureThreshold: 2
      # Kubernetes tells load balancers and the pod at the same time. The pod goes on as if nothing were until they have heard it.
      lifecycle:
        preStop:
          sleep: {seconds: {{ $v.drain.preStopSeconds }}}
      resources:
        {{- toYaml .resources | nindent 8 }}
      securityContext:
        {{- include "plenary.rights" $root | nindent 8 }}
      volumeMounts:
        - {name: data, mountPath: /data}
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: data
      persistentVolumeClaim: {claimName: {{ include "plenary.claim" $root }}}
    - name: tmp
      emptyDir: {}
{{- end }}
