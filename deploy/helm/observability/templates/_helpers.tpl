{{/* Takes (list root component). */}}
{{- define "observability.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end }}

{{- define "observability.labels" -}}
{{ include "observability.selector" . }}
app.kubernetes.io/part-of: plenary-observability
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
{{- end }}
