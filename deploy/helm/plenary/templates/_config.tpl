{{/* Settings that every process has and anybody may know, as a map of the environment. */}}
{{- define "plenary.config" -}}
{{- $v := .Values -}}
ASPNETCORE_URLS: http://*:8080
Public__Url: {{ $v.publicUrl | trimSuffix "/" | quote }}
Data__Folder: /data
{{- if include "plenary.clustered" . }}
Cluster__Enabled: "true"
Cluster__Id: {{ include "plenary.name" . }}
Cluster__SiloPort: "11111"
{{- end }}
# The preStop hook is the notice: when SIGTERM comes, load balancers know.
Live__NoticeSeconds: "0"
Live__DrainSeconds: {{ $v.drain.seconds | quote }}
Live__StopSeconds: {{ $v.drain.stopSeconds | quote }}
Live__MaxConnections: {{ int $v.live.maxConnections | quote }}
{{- if $v.metrics.enabled }}
Metrics__Enabled: "true"
{{- end }}
{{- with $v.otlpEndpoint }}
Otlp__Endpoint: {{ . | quote }}
{{- end }}
{{- with $v.trustedProxies }}
Proxy__Trusted: {{ join "," . | quote }}
{{- end }}
{{- if $v.composers.enabled }}
Media__Composer: "off"
{{- end }}
{{- if $v.rtmp.enabled }}
Media__Rtmp: 0.0.0.0:1935
{{- end }}
{{- if $v.janus.enabled }}
Media__Janus: {{ include "plenary.janusAddresses" . | quote }}
{{- end }}
{{- with $v.turn.urls }}
Media__Turn: {{ join ", " . | quote }}
{{- end }}
{{- range $name, $value := $v.config }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "plenary.janusAddresses" -}}
{{- $root := . }}
{{- range $i := until (int .Values.janus.replicas) }}{{ if $i }},{{ end }}ws://{{ include "plenary.name" $root }}-janus-{{ $i }}.{{ include "plenary.name" $root }}-janus.{{ include "plenary.mediaNamespace" $root }}:8188{{ end }}
{{- end }}
