namespace Plenary.Platform;

/// <summary>
/// What the person who started the program must read, on its standard output and not in the log: logs are collected and read by others.
/// </summary>
public sealed class Terminal(TextWriter output)
{
    /// <summary>The terminal of this process.</summary>
#pragma warning disable RS0030 // This is the one place that may use the console.
    public static Terminal OfProcess() => new(Console.Out);

    /// <summary>Says on standard error why the program cannot go on; whoever ends it answers with a code other than 0.</summary>
    public static void Complain(string text) => Console.Error.WriteLine(text);
#pragma warning restore RS0030

    public void Say(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }
}
