using System.Text.Json;

namespace Plenary.Load.Scaling;

/// <summary>What things cost: load/prices.json, which whoever pays corrects. Dollars; an hour unless it says otherwise.</summary>
/// <param name="As">Where and when the prices were written down, and how sure that is.</param>
/// <param name="Node">A node of two cores, on demand: one pod.</param>
/// <param name="Spot">The part of it that is paid for a spot instance.</param>
/// <param name="SavingsPlan">The part that is paid with a Savings Plan of one year.</param>
/// <param name="Out">A gigabyte that leaves, through the load balancer.</param>
/// <param name="KilobytesPerPersonHour">That the live connection of a person takes in an hour.</param>
/// <param name="Environments">What stands there always, by environment.</param>
internal sealed record Prices(string As, double Node, double Spot, double SavingsPlan, double Out, double KilobytesPerPersonHour, IReadOnlyList<PricedEnvironment> Environments)
{
    public static Prices Read(string path) => JsonSerializer.Deserialize<Prices>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? throw new InvalidDataException(path);
}

/// <summary>An environment of deploy/terraform/environments.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Standing">What is paid for whether anybody comes or not.</param>
/// <param name="DaysOfEvents">In a month, so many days like the simulated one.</param>
internal sealed record PricedEnvironment(string Name, IReadOnlyList<StandingCost> Standing, double DaysOfEvents);

/// <summary>Something that is always there.</summary>
/// <param name="What">For the reader.</param>
/// <param name="Count">So many of it.</param>
/// <param name="Hourly">Each, on demand.</param>
/// <param name="Planned">A Savings Plan covers it.</param>
internal sealed record StandingCost(string What, double Count, double Hourly, bool Planned);

/// <summary>The arithmetic of docs/operate/cost.md.</summary>
internal static class Costs
{
    /// <summary>Hours of a month, as clouds reckon.</summary>
    private const double Month = 730;

    /// <summary>Attendee-hours of live connections for a dollar, by how the node is paid; full, and as full as the simulated day leaves them.</summary>
    public static IEnumerable<(string Mix, double PerHour, double Full, double OfTheDay)> Mixes(Prices prices, DayResult day)
    {
        var surge = day.SurgeHours / day.PodHours;
        (string Name, double Base, double Surge)[] mixes = [("on demand", 1, 1), ("Savings Plan", prices.SavingsPlan, prices.SavingsPlan), ("spot", prices.Spot, prices.Spot), ("Savings Plan for the base, spot for the surge", prices.SavingsPlan, prices.Spot)];
        foreach (var (name, @base, above) in mixes)
        {
            var hour = prices.Node * (@base * (1 - surge) + above * surge);
            yield return (name, hour, PodCapacity.Target / hour, day.AttendeeHours / (day.PodHours * hour));
        }
    }

    /// <summary>Dollars a month of an environment: what stands, with or without the plan; what surges on spot; and what goes out.</summary>
    public static (double Standing, double WithPlan, double Surge, double Out, double AttendeeHours) Monthly(Prices prices, PricedEnvironment environment, DayResult day)
    {
        var standing = environment.Standing.Sum(s => s.Count * s.Hourly) * Month;
        var planned = environment.Standing.Sum(s => s.Count * s.Hourly * (s.Planned ? prices.SavingsPlan : 1)) * Month;
        var hours = day.AttendeeHours * environment.DaysOfEvents;
        return (standing, planned, day.SurgeHours * environment.DaysOfEvents * prices.Node * prices.Spot, hours * prices.KilobytesPerPersonHour / 1e6 * prices.Out, hours);
    }
}
