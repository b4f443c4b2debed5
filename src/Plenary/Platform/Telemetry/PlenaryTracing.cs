using System.Diagnostics;

namespace Plenary.Platform.Telemetry;

/// <summary>Spans of our own, beside those of the web server, the database and the cluster.</summary>
public static class PlenaryTracing
{
    public static readonly ActivitySource Source = new("Plenary");
}
