using System.Runtime.InteropServices;
using Plenary.Platform.Database;

namespace Plenary.Platform.Backup;

/// <summary>The commands that are done once and end, instead of serving.</summary>
internal static class Commands
{
    /// <summary>Does what was asked. Ctrl+C and SIGTERM end it with everything as it was.</summary>
    public static async Task DoAsync(this WebApplication app, CommandLine asked)
    {
        using var ending = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            switch (asked.Verb)
            {
                case Verb.Backup: await app.Services.BackUpAsync(asked.Path, ending.Token); break;
                case Verb.Restore: await app.Services.RestoreAsync(asked.Path, asked.Replace, asked.Check, ending.Token); break;
                case Verb.Migrate:
                    await Backups.Told(app.Services.MigrateAsync);
                    app.Services.GetRequiredService<Terminal>().Say("The database is up to date.");
                    break;
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            throw new CommandException("Interrupted; nothing was changed.");
        }
    }
}
