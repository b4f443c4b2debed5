{{/* Where and as whom a media node runs: in its node's network, one on a node. Takes (dict root component values). */}}
{{- define "plenary.mediaNode" -}}
{{- $v := .root.Values -}}
hostNetwork: true
dnsPolicy: ClusterFirstWithHostNet
automountServiceAccountToken: false
enableServiceLinks: false
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
  seccompProfile: {type: RuntimeDefault}
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "plenary.selector" (list .root .component) | nindent 12 }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "plenary.selector" (list .root .component) | nindent 8 }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "plenary.mediaAnnotations" -}}
# A media node holds calls that cannot all be moved at no cost: it goes when it is empty.
karpenter.sh/do-not-disrupt: "true"
{{- if .Values.mesh.enabled }}
sidecar.istio.io/inject: "false"
{{- end }}
{{- end }}

{{/* The node's addresses, for address.sh. */}}
{{- define "plenary.mediaAddress" -}}
- name: NODE_ADDRESS
  valueFrom: {fieldRef: {fieldPath: status.hostIP}}
- name: PUBLIC_ADDRESS
  value: {{ . | quote }}
{{- end }}
