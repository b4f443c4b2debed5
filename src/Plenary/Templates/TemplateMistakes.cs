using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Plenary.Templates;

/// <summary>What can be wrong with a template that is JSON, each with its place and how to mend it.</summary>
internal static class TemplateMistakes
{
    /// <summary>What the schema finds.</summary>
    public static IEnumerable<TemplateError> OfShape(string file, JToken root, JsonSchema schema)
    {
        foreach (var error in schema.Validate(root).SelectMany(Innermost))
        {
            var token = Nearest(root, PathOf(error));
            yield return At(file, Place(token, error), Sentence(error, token));
        }
    }

    /// <summary>What a schema cannot say: things that name each other, and times.</summary>
    public static IEnumerable<TemplateError> OfMeaning(string file, JToken root)
    {
        var rooms = root["rooms"]!.Select(r => r["key"]!).ToList();
        var known = rooms.Select(k => (string)k!).ToHashSet();
        foreach (var key in Repeated(rooms)) yield return At(file, key, $"Another room already has the key “{key}”. Give each room a key of its own.");
        foreach (var name in Repeated(root["rooms"]!.Select(r => r["name"]!))) yield return At(file, name, $"Another room is already called “{name}”. People tell rooms apart by their names; choose another.");
        foreach (var name in Repeated(root["tickets"]!.Select(t => t["name"]!))) yield return At(file, name, $"Another ticket is already called “{name}”. Choose another name.");

        var lobbies = root["rooms"]!.Select(r => r["kind"]!).Where(k => (string)k! == "lobby").ToList();
        if (lobbies.Count == 0) yield return At(file, root["rooms"]!, "There is no lobby. Add a room with \"kind\": \"lobby\", where people arrive.");
        foreach (var second in lobbies.Skip(1)) yield return At(file, second, "There is a lobby already. An event has one; make this room a \"stage\" or \"networking\".");

        var sessions = root["sessions"]!.ToList();
        foreach (var room in sessions.Select(s => s["room"]!).Where(r => !known.Contains((string)r!)))
            yield return At(file, room, $"There is no room with the key “{room}”. Use one of {string.Join(", ", known)}, or add the room to \"rooms\".");
        if (!sessions.Any(s => (int)s["day"]! == 0)) yield return At(file, root["sessions"]!, "No session is on day 0. The first day is day 0; count from there.");
        foreach (var error in Overlaps(file, sessions)) yield return error;
        if (root["people"] is { } people && (int)people["to"]! < (int)people["from"]!) yield return At(file, people["to"]!, "“to” is smaller than “from”. Exchange them.");
        foreach (var error in ShowMistakes.Of(file, root)) yield return error;

        if (string.Join('\n', root["event"]!["description"]!.Select(line => (string)line!)).Length > 20_000)
            yield return At(file, root["event"]!["description"]!, "The description is longer than 20,000 characters. Shorten it.");
    }

    private static IEnumerable<TemplateError> Overlaps(string file, List<JToken> sessions)
    {
        foreach (var room in sessions.GroupBy(s => (string)s["room"]!))
        {
            (JToken Token, TemplateSession Session)? latest = null;
            foreach (var (token, session) in room.Select(t => (Token: t, Session: Parse(t))).OrderBy(s => s.Session.From))
            {
                if (latest is { } before && session.From < before.Session.To)
                    yield return At(file, token["start"]!, $"“{session.Title}” starts while “{before.Session.Title}” is still on in the same room. Start it later, shorten the other, or use another room.");
                if (latest is null || session.To > latest.Value.Session.To) latest = (token, session);
            }
        }
    }

    private static TemplateSession Parse(JToken s) => new((int)s["day"]!, (string)s["start"]!, (int)s["minutes"]!, (string)s["title"]!, "", (string)s["room"]!);

    internal static IEnumerable<JToken> Repeated(IEnumerable<JToken> values) => values.GroupBy(v => (string)v!).SelectMany(g => g.Skip(1));

    /// <summary>An item that fails reports its own errors inside; those say more.</summary>
    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors.Count: > 0 } child ? child.Errors.SelectMany(e => e.Value).SelectMany(Innermost) : [error];

    /// <summary>The validator writes <c>#/rooms[0].kind</c>; Json.NET reads <c>rooms[0].kind</c>.</summary>
    private static string PathOf(ValidationError error) => error.Path?.TrimStart('#', '/') ?? "";

    /// <summary>The thing at a path; of what is missing, the innermost thing that it is missing from.</summary>
    private static JToken Nearest(JToken root, string path)
    {
        for (; path.Length > 0; path = path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : "")
            if (root.SelectToken(path) is { } found) return found;
        return root;
    }

    private static JToken Place(JToken token, ValidationError error) => error.Kind switch
    {
        // The name of the unknown field is what is wrong, not what follows it.
        ValidationErrorKind.NoAdditionalPropertiesAllowed when token.Parent is JProperty property => property,
        _ => token,
    };

    private static string Sentence(ValidationError error, JToken token)
    {
        var name = error.Property ?? "";
        var hint = error.Schema.ActualSchema.Description is { Length: > 0 } text ? " " + text : "";
        var value = token is JValue ? token.ToString(Formatting.None) : "";
        if (value.Length > 60) value = value[..60] + "…";
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => $"\"{name}\" is missing. Add it: {Described(error, name)}",
            ValidationErrorKind.NoAdditionalPropertiesAllowed => $"\"{name}\" is not a field of a template. Remove it, or use one of {string.Join(", ", error.Schema.ActualSchema.ActualProperties.Keys.Where(k => k[0] != '$'))}.",
            ValidationErrorKind.NotInEnumeration => $"{value} is not possible for \"{name}\". Use one of {string.Join(", ", error.Schema.ActualSchema.Enumeration.Select(e => $"\"{e}\""))}.",
            ValidationErrorKind.ItemsNotUnique => $"\"{name}\" names the same thing twice. Remove one of them.",
            ValidationErrorKind.StringTooLong => $"\"{name}\" is too long: {token.ToString().Length} characters.{hint}",
            ValidationErrorKind.StringTooShort => $"\"{name}\" is empty or too short.{hint}",
            ValidationErrorKind.TooFewItems => $"\"{name}\" has too few entries.{hint}",
            ValidationErrorKind.TooManyItems => $"\"{name}\" has too many entries.{hint}",
            _ when value.Length > 0 => $"{value} is not possible for \"{name}\".{hint}",
            _ => $"\"{name}\" has the wrong shape.{hint}",
        };
    }

    private static string Described(ValidationError error, string name) =>
        error.Schema.ActualSchema.ActualProperties.TryGetValue(name, out var property) ? property.Description ?? "" : "";

    internal static TemplateError At(string file, IJsonLineInfo place, string message) => new(file, Math.Max(1, place.LineNumber), Math.Max(1, place.LinePosition), message);
}
