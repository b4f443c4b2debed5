namespace Plenary.Tests.Architecture;

/// <summary>
/// The shape of the product on one page: which slice may know which, lower ones first. Absence of a pair is a rule. A new line here is a
/// decision; say why in the commit.
/// </summary>
internal static class MayUse
{
    public static readonly Dictionary<string, string[]> Table = new()
    {
        ["Platform"] = [],
        ["Identity"] = [],
        ["Organizations"] = ["Identity"],
        ["Events"] = ["Identity", "Organizations"],
        ["Conduct"] = ["Events"],
        ["Registration"] = ["Identity", "Organizations", "Events", "Conduct"],
        ["Orders"] = ["Events", "Registration"],
        ["Profiles"] = ["Identity", "Organizations", "Events", "Conduct", "Registration"],
        ["Rooms"] = ["Organizations", "Events", "Conduct", "Registration", "Profiles"],
        ["Calls"] = ["Events", "Rooms"],
        ["Matching"] = [],
        ["Messages"] = ["Events", "Conduct", "Profiles", "Rooms", "Calls"],
        ["Networking"] = ["Identity", "Events", "Conduct", "Registration", "Profiles", "Rooms", "Calls", "Matching"],
        ["Parties"] = ["Events", "Registration", "Profiles", "Rooms", "Calls", "Matching", "Networking"],
        ["Tables"] = ["Events", "Registration", "Profiles", "Rooms", "Calls"],
        ["Agenda"] = ["Identity", "Organizations", "Events", "Registration", "Rooms"],
        ["Stage"] = ["Events", "Registration", "Rooms", "Calls", "Agenda"],
        ["Forecast"] = ["Events", "Registration", "Agenda"],
        ["Questions"] = ["Events", "Rooms", "Stage"],
        ["Polls"] = ["Events", "Rooms"],
        ["Moderation"] = ["Organizations", "Events", "Registration", "Conduct", "Profiles", "Rooms", "Questions"],
        ["Shows"] = ["Organizations", "Events", "Profiles", "Rooms", "Parties", "Agenda", "Stage", "Polls"],
        ["Points"] = ["Events", "Registration", "Rooms", "Networking", "Parties", "Questions", "Polls"],
        ["Giveaways"] = ["Organizations", "Events", "Registration", "Rooms", "Polls", "Points"],
        ["Rehearsals"] = ["Events", "Registration", "Rooms", "Agenda", "Forecast", "Polls"],
        ["Templates"] = ["Organizations", "Events", "Conduct", "Registration", "Rooms", "Agenda", "Tables", "Questions", "Polls", "Shows"],
        ["Pages"] = ["Organizations", "Events", "Registration", "Rooms", "Calls", "Agenda", "Stage"],
        ["Demo"] = ["Identity", "Organizations", "Events", "Registration", "Profiles", "Rooms", "Calls", "Messages", "Networking", "Agenda", "Tables", "Stage", "Templates"],
    };
}
