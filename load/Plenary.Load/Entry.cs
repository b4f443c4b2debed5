using Plenary.Load.Bench;
using Plenary.Load.Simulator;

namespace Plenary.Load;

/// <summary>Started by <c>load/bench</c>, and by itself for each simulator.</summary>
internal static class Entry
{
#pragma warning disable RS0030 // A program for the command line: what it says, it says to the terminal, and to the bench that started it.
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["simulate", .. var options]:
                using (var crowd = new Crowd(Options.Parse(options))) new Simulation(crowd, Console.In, Console.Out).Run();
                return 0;
            case ["bench", var name, .. var options]:
                return await Benches.Run(name, options, Console.Out);
            default:
                await Console.Error.WriteLineAsync("Use load/bench; load/README.md says how.");
                return 2;
        }
    }
#pragma warning restore RS0030
}
