{{- define "plenary.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What pods of one component are found by: never changes, for a Deployment's selector cannot. Takes (list root component). */}}
{{- define "plenary.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: plenary
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "plenary.labels" -}}
{{- $root := index . 0 -}}
{{ include "plenary.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* Pods that are one cluster of silos, visitors' or not. */}}
{{- define "plenary.silos" -}}
orleans/serviceId: plenary
orleans/clusterId: {{ include "plenary.name" . }}
{{- end }}

{{- define "plenary.account" -}}
{{ .Values.serviceAccount.name | default (include "plenary.name" .) }}
{{- end }}

{{- define "plenary.claim" -}}
{{ .Values.data.existingClaim | default (printf "%s-data" (include "plenary.name" .)) }}
{{- end }}

{{- define "plenary.host" -}}
{{ get (urlParse .Values.publicUrl) "hostname" }}
{{- end }}

{{- define "plenary.mediaNamespace" -}}
{{ .Values.media.namespace | default .Release.Namespace }}
{{- end }}

{{/* Takes (list root image). */}}
{{- define "plenary.image" -}}
{{- $root := index . 0 }}{{ $image := index . 1 -}}
{{- if $image.digest }}{{ $image.repository }}@{{ $image.digest }}{{ else }}{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Several processes may run at once: then the database is one that they share. */}}
{{- define "plenary.clustered" -}}
{{- if .Values.database.secret }}true{{ end }}
{{- end }}

{{/* Fewest pods of visitors at any time. */}}
{{- define "plenary.least" -}}
{{- if eq .Values.autoscaling.mode "none" }}{{ .Values.replicas }}{{ else }}{{ .Values.autoscaling.min }}{{ end }}
{{- end }}

{{/* What values.schema.json cannot say: how values stand to each other. */}}
{{- define "plenary.check" -}}
{{- $v := .Values }}
{{- if and (not $v.database.secret) (or (gt (int $v.replicas) 1) (ne $v.autoscaling.mode "none") $v.composers.enabled) }}
{{- fail "several pods need PostgreSQL: set database.secret, or replicas: 1, autoscaling.mode: none and composers.enabled: false" }}
{{- end }}
{{- if and (ne $v.autoscaling.mode "none") (gt (int $v.autoscaling.min) (int $v.autoscaling.max)) }}
{{- fail "autoscaling.min must not be above autoscaling.max" }}
{{- end }}
{{- if gt (int $v.autoscaling.connectionsPerPod) (int $v.live.maxConnections) }}
{{- fail "autoscaling.connectionsPerPod must not be above live.maxConnections: pods would be full before one is added" }}
{{- end }}
{{- /* 3 s for those who were asked last, 5 s before the process ends itself: Drain.cs and DrainingLifetime.cs. */}}
{{- if ge (add $v.drain.preStopSeconds $v.drain.seconds $v.drain.stopSeconds 8) (int64 $v.drain.graceSeconds) }}
{{- fail "drain.graceSeconds must be more than preStopSeconds + seconds + stopSeconds + 8: people would be cut off instead of moved" }}
{{- end }}
{{- if and $v.certificate.enabled (eq $v.ingress.controller "alb") $v.ingress.enabled }}
{{- fail "with ALB certificates are ACM's: certificate.enabled must be false" }}
{{- end }}
{{- if and $v.mesh.enabled (le (int $v.mesh.maxConnections) (mul $v.live.maxConnections (ternary $v.replicas $v.autoscaling.max (eq $v.autoscaling.mode "none")))) }}
{{- fail "mesh.maxConnections must be above what all pods take together (live.maxConnections × pods)" }}
{{- end }}
{{- if and $v.turn.enabled (not (and $v.turn.urls $v.turn.realm)) }}
{{- fail "turn.enabled needs turn.urls and turn.realm" }}
{{- end }}
{{- end }}
