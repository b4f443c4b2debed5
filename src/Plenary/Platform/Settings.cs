using System.Globalization;

namespace Plenary.Platform;

/// <summary>Reads settings so that a mistake stops the start with a sentence that names the setting, instead of failing later.</summary>
public static class Settings
{
    /// <summary>A whole number between <paramref name="least"/> and <paramref name="most"/>, or the default when nothing is set.</summary>
    public static int Number(IConfiguration configuration, string key, int otherwise, int least, int most)
    {
        if (configuration[key] is not { Length: > 0 } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new SettingsException(key, $"must be a whole number from {least} to {most}, and is “{text}”");
    }

    /// <summary>A number above zero, with a decimal point if need be, or the default when nothing is set.</summary>
    public static double Positive(IConfiguration configuration, string key, double otherwise)
    {
        if (configuration[key] is not { Length: > 0 } text) return otherwise;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : throw new SettingsException(key, $"must be a number above zero, and is “{text}”");
    }

    /// <summary>True or false, or the default when nothing is set.</summary>
    public static bool Flag(IConfiguration configuration, string key, bool otherwise = false)
    {
        if (configuration[key] is not { Length: > 0 } text) return otherwise;
        return bool.TryParse(text, out var flag) ? flag : throw new SettingsException(key, $"must be true or false, and is “{text}”");
    }

    /// <summary>Checks the addresses to listen on before anything is started; the server itself reads them.</summary>
    public static void Listening(IConfiguration configuration)
    {
        foreach (var text in (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                BindingAddress.Parse(text);
            }
            catch (FormatException)
            {
                throw new SettingsException("urls", $"must be addresses to listen on such as http://*:5000, separated by semicolons, and contains “{text}”");
            }
        }
    }

    /// <summary>An absolute http or https address, or null when nothing is set.</summary>
    public static Uri? Address(IConfiguration configuration, string key)
    {
        if (configuration[key] is not { Length: > 0 } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri : throw new SettingsException(key, $"must be an address such as https://events.example.org, and is “{text}”");
    }
}

/// <summary>A setting that cannot be used. Its message never repeats a password.</summary>
public sealed class SettingsException(string key, string why) : Exception($"The setting {key} {why}. See docs/operate/configuration.md.")
{
    public string Key { get; } = key;
}
