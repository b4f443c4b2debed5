using System.Collections.Concurrent;
using System.Globalization;
using Plenary.Load.Wire;

namespace Plenary.Load.Simulator;

/// <summary>
/// A simulator process: does what it reads on its standard input and answers on its standard output, one line each. It ends with its input, so that
/// none outlives the bench.
/// <list type="bullet">
/// <item><c>go</c>: everybody comes</item>
/// <item><c>home</c>: everybody moves to the gateway where they began</item>
/// <item><c>window</c>: counts begin at 0</item>
/// <item><c>renumber</c>: the next messages begin at 1 again</item>
/// <item><c>post count rate size first</c>: so many messages a second from here, the people taking turns</item>
/// <item><c>vote poll options seconds doubts</c>: everybody votes in it, each at a moment of their own within so many seconds, one in so many twice</item>
/// <item><c>report</c>: answers a <see cref="Report"/></item>
/// <item><c>quit</c></item>
/// </list>
/// </summary>
internal sealed class Simulation(Crowd crowd, TextReader input, TextWriter output)
{
    private readonly ConcurrentQueue<string> commands = new();
    private bool quits;
    private (int First, int Count, int Size, double Every, long Began, int Sent) posting;

    public void Run()
    {
        new Thread(Listen) { IsBackground = true }.Start();
        while (!quits)
        {
            while (commands.TryDequeue(out var command)) Do(command.Split(' '));
            crowd.Turn(PostWhatIsDue());
        }
    }

    private void Listen()
    {
        while (input.ReadLine() is { } line) commands.Enqueue(line);
        commands.Enqueue("quit");
    }

    private void Do(string[] words)
    {
        switch (words[0])
        {
            case "go": crowd.Go(); break;
            case "home": crowd.Home(); break;
            case "window": crowd.Tally.Clear(); break;
            case "renumber": crowd.Tally.Renumber(); break;
            case "post":
                posting = (Number(4), Number(1), Number(3), 1e9 / double.Parse(words[2], CultureInfo.InvariantCulture), Stamp.Now, 0);
                break;
            case "vote": crowd.Vote(words[1], Number(2), double.Parse(words[3], CultureInfo.InvariantCulture), Number(4)); break;
            case "report":
                output.WriteLine(crowd.Report().ToJson());
                output.Flush();
                break;
            case "quit": quits = true; break;
        }

        int Number(int at) => int.Parse(words[at], CultureInfo.InvariantCulture);
    }

    /// <summary>Posts by the clock, never by the answers; answers how many milliseconds there are until the next.</summary>
    private int PostWhatIsDue()
    {
        while (posting.Sent < posting.Count)
        {
            var rest = posting.Began + (long)(posting.Sent * posting.Every) - Stamp.Now;
            if (rest > 0) return (int)Math.Clamp(rest / 1_000_000, 0, 20);
            crowd.Post(posting.Sent % crowd.People.Count, posting.First + posting.Sent, posting.Size);
            posting.Sent++;
        }
        return 20;
    }
}
