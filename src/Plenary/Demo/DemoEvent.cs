namespace Plenary.Demo;

/// <summary>The words of the demo event. Times are minutes from the moment the demo is made, so that something is always on now.</summary>
internal static class DemoEvent
{
    public const string OrganizationName = "Keel Foundation";
    public const string OrganizationSlug = "keel-foundation";
    public const string Name = "Groundwork";
    public const string Slug = "groundwork";
    public const string Zone = "Europe/London";
    public const string Tagline =
        "Groundwork is two days with the people who run the software everyone leans on: registries, health records, transit, the vote. Online, three tracks, and a room full of people to meet.";

    public const string Description =
        """
        ## Keep the ground from shaking

        Some software only makes the news when it stops. The people who keep it going rarely meet. For two days they do: short talks, long
        breaks, and workshops where you leave with something you can use on Monday.

        - **Bring a story.** Every speaker tells one failure and what it changed.
        - **No sales talks.** Sponsors are in the room as engineers.
        - **Replays** are on this page an hour after each talk.
        """;

    /// <summary>The people a newcomer can be.</summary>
    public static readonly IReadOnlyList<DemoPersona> Personas =
    [
        new("organizer", "Lena Vogt", "lena@demo.invalid", "Programme lead, Keel Foundation", "lena"),
        new("speaker", "Amara Okafor", "amara@demo.invalid", "Director of Platforms, Lagos Transit", "amara"),
        new("attendee", "Hana Novak", "hana@demo.invalid", "Site reliability, Brno", "hana"),
    ];

    public static readonly IReadOnlyList<DemoSpeaker> Speakers =
    [
        new("amara", "Amara Okafor", "Director of Platforms, Lagos Transit", "Keeps eleven million journeys a day moving. Once watched fourteen times the forecast arrive in ninety seconds, and has told the story ever since."),
        new("jonas", "Jonas Lindqvist", "Registry lead, Swedish Land Survey", "Looks after a register that was begun in 1628 and may not close for a weekend."),
        new("meilin", "Mei-Lin Zhou", "Author, “The Long On-Call”", "Teaches teams to write the runbook before they need it."),
        new("tariq", "Tariq Haddad", "Election systems, Tunis", "Counts votes, and counts them again."),
        new("ingrid", "Ingrid Solheim", "Chief engineer, Helse Vest", "Thirty years of health records, none lost."),
        new("rafael", "Rafael Moreira", "Payments, Banco do Povo", "Runs the rails that a third of a country pays on."),
        new("nadia", "Nadia Benali", "Accessibility, Digital Ontario", "Makes public services work with a keyboard, a screen reader and a bad day."),
        new("kwame", "Kwame Mensah", "Open data, Accra Observatory", "Publishes the numbers a city argues about."),
    ];

    public static readonly IReadOnlyList<DemoSession> Sessions =
    [
        new(-105, 30, "lobby", "Doors, coffee and a sound check", "Find your seat, say hello, see that you hear us."),
        new(-75, 45, "main-stage", "Hello, Lagos", "A city of sixteen million, one ticketing system, and a Friday.", "amara"),
        new(-15, 55, "main-stage", "The day everyone arrived at once", "Fourteen times the forecast in ninety seconds. What failed first, what held, and the queue at the door we built after.", "amara"),
        new(-15, 55, "workshop", "Write the runbook you wish you had", "Bring an incident. Leave with a page that works at three in the morning.", "meilin"),
        new(50, 60, "main-stage", "A land registry that never closes", "Four hundred years of records moved without a closed weekend: one book, one key, dual writes, slowly.", "jonas"),
        new(120, 40, "tables", "Tables: on-call, budgets, first jobs", "Small tables, a topic each."),
        new(170, 50, "main-stage", "Panel: who pays for the boring parts?", "Maintenance is what remains when the grant ends.", "ingrid", "rafael", "kwame"),
        new(1365, 45, "main-stage", "Counting, and counting again", "What elections teach about trust in a number.", "tariq"),
        new(1425, 50, "workshop", "Keyboard only, for an hour", "Use your own service without a mouse. Fix three things before we leave.", "nadia"),
    ];

    public static readonly IReadOnlyList<DemoRoom> Rooms =
    [
        new("lobby", "Lobby", Plenary.Rooms.RoomKind.Lobby, "lobby"),
        new("main-stage", "Main stage", Plenary.Rooms.RoomKind.Stage, "keynote"),
        new("workshop", "Workshop", Plenary.Rooms.RoomKind.Stage, "workshop"),
        new("tables", "Tables", Plenary.Rooms.RoomKind.Networking, "roundtable"),
    ];

    /// <summary>What people talk about at the tables.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "On-call for humans", "Who pays for maintenance?", "First job in public tech", "Elections, calmly",
        "Postgres at the town hall", "Accessible by law, good by habit", "Tea, no topic", "Budgets that survive a vote",
    ];

    /// <summary>What was said in the main stage before the newcomer came: minutes ago, who, what.</summary>
    public static readonly IReadOnlyList<DemoLine> Said =
    [
        new(14, "Hana Novak", "Good morning from Brno, sound is perfect here."),
        new(13, "Owen Gallagher", "Hello from a train. Captions only for the next tunnel."),
        new(11, "Priya Raman", "Is the deck going to be shared?"),
        new(10, "Elif Demir", "Slides go out with the replay, an hour after the talk.", Staff: true),
        new(8, "Rafael Moreira", "Fourteen times the forecast and the database was still fine. It was the session store."),
        new(7, "Hana Novak", "It is always the session store."),
        new(5, "Chidi Nwosu", "Did you shed load or just ride it out? We queue at the door since then, nobody minded."),
        new(3, "Sofia Herrera", "A queue that shows your place beats an error page every time."),
        new(1, "Yuki Tanabe", "Writing that on the office wall."),
    ];

    /// <summary>The same in the lobby.</summary>
    public static readonly IReadOnlyList<DemoLine> SaidInLobby =
    [
        new(88, "Elif Demir", "Welcome, everyone. Sound check is in the main stage, coffee is where you are.", Staff: true),
        new(86, "Marta Silva", "Good morning from Porto."),
        new(84, "David Achterberg", "First time here. Is there a list of who came?"),
        new(83, "Elif Demir", "The people tab of each room, and the tables after the keynote.", Staff: true),
        new(47, "Kwame Mensah", "Data of that Friday, as promised: the counts per minute are in my talk notes."),
    ];

    /// <summary>What the crowd says while the newcomer watches, in turn.</summary>
    public static readonly IReadOnlyList<(string Name, string Text)> Crowd =
    [
        ("Tomas Wilk", "We had the same week. Ours was the login page."),
        ("Priya Raman", "What did the first ten minutes look like on your dashboards?"),
        ("Owen Gallagher", "Out of the tunnel. Nothing missing in the chat, nice."),
        ("Chidi Nwosu", "Happy to share our runbook after the talk."),
        ("Hana Novak", "Could you say more about the queue?"),
        ("Sofia Herrera", "Taking notes. This is the third time today somebody says “forecast”."),
        ("Yuki Tanabe", "Our load test never went past twice the forecast."),
        ("David Achterberg", "Twice is what the budget allowed here, too."),
        ("Marta Silva", "Hello everyone, just joined from Porto."),
        ("Kwame Mensah", "I have the public data for that Friday, will link it in the lobby."),
    ];

    private static readonly string[] First = ["Ada", "Bela", "Carmen", "Deniz", "Emeka", "Farah", "Goran", "Hilde", "Ivo", "Jun", "Kaya", "Liam", "Mina", "Noor", "Otto", "Pia"];
    private static readonly string[] Last = ["Abara", "Brandt", "Costa", "Duval", "Eriksen", "Fontana"];

    /// <summary>Names of further people who registered; every name once.</summary>
    public static IEnumerable<string> Registered => Said.Select(line => line.Name).Concat(Crowd.Select(line => line.Name)).Distinct()
        .Concat(from last in Last from first in First select $"{first} {last}");
}

/// <summary>Somebody a newcomer can be in the demo.</summary>
internal sealed record DemoPersona(string Key, string Name, string Email, string Headline, string Portrait);

internal sealed record DemoSpeaker(string Portrait, string Name, string Headline, string Bio);

internal sealed record DemoSession(int Starts, int Minutes, string Room, string Title, string Summary, params string[] Speakers);

internal sealed record DemoRoom(string Slug, string Name, Plenary.Rooms.RoomKind Kind, string Format);

internal sealed record DemoLine(int MinutesAgo, string Name, string Text, bool Staff = false);
