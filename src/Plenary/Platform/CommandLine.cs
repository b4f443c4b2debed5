namespace Plenary.Platform;

/// <summary>What the program is started for.</summary>
public enum Verb
{
    /// <summary>To serve people: no command was given.</summary>
    Serve,
    Backup,
    Restore,
    Migrate,
    Help,
    Version,
}

/// <summary>
/// What somebody typed: <c>plenary [command [file]] [--option] [--Section:Key value ...]</c>. A command comes first; its settings are those of the
/// server it belongs to, so that both speak of the same database and the same folder.
/// </summary>
/// <param name="Verb">The command.</param>
/// <param name="Path">The file or folder it is about; empty for those that have none.</param>
/// <param name="Replace">Restore: what the installation holds may be put aside.</param>
/// <param name="Check">Restore: look at the archive only, and change nothing.</param>
/// <param name="Settings">Everything else, for the configuration.</param>
public sealed record CommandLine(Verb Verb, string Path, bool Replace, bool Check, string[] Settings)
{
    /// <summary>What there is, on a page.</summary>
    public const string Usage = """
        plenary [--Section:Key value ...]                    serves people
        plenary migrate                                      makes the database, or brings it up to date, and ends
        plenary backup <file|folder>                         one archive of the database and all files; people may go on meanwhile
        plenary restore <file> [--check] [--replace]         brings an archive back; the server must be stopped
                                                             --check    reads all of it, says whether it is whole, and changes nothing
                                                             --replace  although the installation is not empty: what it holds is put aside
        plenary version | help

        Settings (docs/operate/configuration.md) follow the command, as --ConnectionStrings:Db "Host=…" or in the environment, and must be those of
        the server. A command ends with 0 when it did what it says, otherwise with another code and a sentence that says why.
        """;

    /// <summary>Understands the arguments; throws <see cref="CommandException"/> for a command that is not one.</summary>
    public static CommandLine Read(string[] args)
    {
        if (args is ["--help" or "-h" or "-?", ..]) return new(Verb.Help, "", false, false, []);
        if (args is ["--version", ..]) return new(Verb.Version, "", false, false, []);
        // Settings begin with a dash or a slash, or are written key=value.
        if (args is not [{ Length: > 0 } first, ..] || first[0] is '-' or '/' || first.Contains('=', StringComparison.Ordinal)) return new(Verb.Serve, "", false, false, args);
        if (!Enum.TryParse<Verb>(first, ignoreCase: true, out var verb) || verb == Verb.Serve || !char.IsAsciiLetter(first[0]))
            throw new CommandException($"There is no command “{first}”.\n\n{Usage}");
        var rest = args[1..];
        var path = "";
        if (verb is Verb.Backup or Verb.Restore)
        {
            if (rest is not [{ Length: > 0 } operand, ..] || operand.StartsWith("--", StringComparison.Ordinal))
                throw new CommandException($"plenary {first} needs a file.\n\n{Usage}");
            (path, rest) = (operand, rest[1..]);
        }
        var (replace, check) = (rest.Contains("--replace"), rest.Contains("--check"));
        if ((replace || check) && verb != Verb.Restore) throw new CommandException($"plenary {first} has no such option.\n\n{Usage}");
        rest = [.. rest.Where(argument => argument is not ("--replace" or "--check"))];
        if (rest is [{ Length: > 0 } word, ..] && word[0] is not ('-' or '/') && !word.Contains('=', StringComparison.Ordinal))
            throw new CommandException($"“{word}” is one word too many.\n\n{Usage}");
        return new(verb, path, replace, check, rest);
    }
}

/// <summary>A command that cannot be done. Its message says why, and what is as it was.</summary>
public sealed class CommandException(string message) : Exception(message);
