namespace Plenary.Load.Bench;

/// <summary>What a bench has found so far.</summary>
internal sealed class Findings(Workspace work)
{
    private readonly Table table = new("engine", "crowd", "CPU per delivery", "to the floor", "p50 / p99", "bus or database", "RSS per connection", "rounds");
    private readonly List<string> remarks = [];

    /// <summary>The figures of the last line.</summary>
    public Dictionary<string, double> Figures { get; } = [];

    /// <summary>A row of the table; its figures are medians.</summary>
    public void Row(Rounds rounds, Rounds? floor)
    {
        var (cpu, beside) = (rounds.Median(r => r.PerDelivery), rounds.Median(r => r.BesidePerDelivery));
        table.Add(rounds.Name, $"{rounds.People:N0}", $"{cpu:0.0} µs", floor is null ? "" : $"{cpu / floor.Median(r => r.PerDelivery):0.00}×",
            $"{rounds.Median(r => r.P50):0} / {rounds.Median(r => r.P99):0} ms", beside > 0 ? $"{beside:0.0} µs" : "", double.IsNaN(rounds.Memory) ? "" : $"{rounds.Memory:0.0} KB", rounds.Count);
        work.Say($"{rounds.Name}: {rounds.Each(r => r.PerDelivery)} µs a delivery, p99 {rounds.Each(r => r.P99)} ms; the simulator takes {rounds.Median(r => r.ClientPerDelivery):0.0} µs");
    }

    /// <summary>A sentence below the table.</summary>
    public void Remark(string text)
    {
        remarks.Add(text);
        work.Say(text);
    }

    /// <summary>Runs one part of a bench; when it fails, the rest still runs and the reason is told.</summary>
    public async Task Part(string name, Func<Task> run)
    {
        work.Say($"-- {name}");
        try
        {
            await run();
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or IOException or HttpRequestException or System.ComponentModel.Win32Exception or Npgsql.NpgsqlException or FormatException)
        {
            Remark($"{name}: not measured: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    public void Print()
    {
        work.Say("");
        work.Say(table.ToString());
        work.Say("");
        foreach (var remark in remarks) work.Say(remark);
    }
}
