using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Charts;

/// <summary>Values that cannot be meant are refused, with a word about why, before anything is installed.</summary>
public sealed class ValuesFacts
{
    [Theory]
    [InlineData("replica=3", "Additional property replica is not allowed")]
    [InlineData("database.sercet=x", "Additional property sercet is not allowed")]
    [InlineData("publicUrl=events.example.org", "publicUrl")]
    [InlineData("image.tag=latest", "image.tag")]
    [InlineData("image.digest=sha256:12", "image.digest")]
    [InlineData("replicas=many", "replicas: Invalid type")]
    [InlineData("drain.graceSeconds=300", "graceSeconds: Must be less than or equal to 110")]
    [InlineData("drain.preStopSeconds=0", "preStopSeconds: Must be greater than or equal to 5")]
    [InlineData("autoscaling.mode=cpu", "autoscaling.mode must be one of the following")]
    [InlineData("autoscaling.min=1", "autoscaling.min")]
    [InlineData("ingress.controller=traefik", "ingress.controller must be one of the following")]
    [InlineData("config.Smtp__Password=hush", "config")]
    [InlineData("config.Cluster__Enabled=false", "config")]
    [InlineData("config.smtp=mail", "config")]
    [InlineData("metrics.enabled=true", "metrics")]
    [InlineData("mesh.maxEjectionPercent=100", "maxEjectionPercent: Must be less than or equal to 50")]
    [InlineData("resources.limits.memory=lots", "resources.limits.memory")]
    [InlineData("serviceAccount.roleArn=admin", "roleArn")]
    [InlineData("composers.seccompProfile.type=Unconfined", "seccompProfile.type")]
    [InlineData("trustedProxies[0]=everybody", "trustedProxies")]
    public async Task TheSchemaRefuses(string value, string because) => await Refused(because, value);

    /// <summary>What a schema cannot say: how values stand to each other.</summary>
    [Theory]
    [InlineData("several pods need PostgreSQL", "replicas=3")]
    [InlineData("several pods need PostgreSQL", "autoscaling.mode=keda")]
    [InlineData("autoscaling.min must not be above", "database.secret=db", "autoscaling.mode=keda", "autoscaling.min=30")]
    [InlineData("connectionsPerPod must not be above", "live.maxConnections=5000")]
    [InlineData("drain.graceSeconds must be more than", "drain.seconds=70")]
    [InlineData("with ALB certificates are ACM's", "ingress.enabled=true", "ingress.controller=alb", "certificate.enabled=true")]
    [InlineData("mesh.maxConnections must be above", "mesh.enabled=true", "mesh.maxConnections=10000")]
    [InlineData("turn.enabled needs", "turn.enabled=true")]
    public async Task TheChartRefuses(string because, params string[] values) => await Refused(because, values);

    private static async Task Refused(string because, params string[] values)
    {
        var told = await Helm.Template(Repo.At("deploy/helm/plenary"), "1.34", ["-f", Repo.At(Variant.All[3].Values), .. values.SelectMany(v => new[] { "--set", v })]);
        told.Refused(because);
    }
}
