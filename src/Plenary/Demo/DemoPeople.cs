using Plenary.Platform.Access;
using Plenary.Profiles;

namespace Plenary.Demo;

/// <summary>What the people of the demo tell of themselves: a few by hand, who are met first, and the many from lists.</summary>
internal static class DemoPeople
{
    /// <summary>Those with a face.</summary>
    private static readonly IReadOnlyList<DemoProfile> Known =
    [
        new("Lena Vogt", "lena", "", "Keel Foundation", "I bring people together who keep old systems alive, and then I get out of the way.",
            ["Incident reviews", "Public money", "Rowing"], ["Speakers for spring", "People new to on-call"], ["A stage", "Introductions"], ["de", "en", "fr"]),
        new("Amara Okafor", "amara", "", "Lagos Transit", "Eleven million journeys a day, and one Friday I talk about more than I should.",
            ["Load shedding", "Incident reviews", "Highlife"], ["A second opinion on queues", "Public transport people"], ["The story of the Friday", "Our runbooks"], ["en", "yo"]),
        new("Hana Novak", "hana", "", "Brno Trams", "On call since 2016. I write the timetable’s software and love timetables.",
            ["Session stores", "Incident reviews", "Timetables"], ["People who love timetables", "On-call without burning out"], ["Review audit logs", "Open transit data"], ["cs", "en", "de"]),
        new("Jonas Lindqvist", "jonas", "", "Swedish Land Survey", "I look after a book begun in 1628. It is a database now; the rules are the same.",
            ["Migrations", "Archives", "Dual writes"], ["Others with very old data"], ["How to move a register slowly"], ["sv", "en"]),
        new("Mei-Lin Zhou", "meilin", "", "The Long On-Call", "I help teams write down what they know before they need it.",
            ["Runbooks", "Writing", "Incident reviews"], ["Stories for the second edition"], ["Read your runbook", "A workshop for your team"], ["zh", "en"]),
        new("Tariq Haddad", "tariq", "", "Election authority, Tunis", "We count, and then we count again, and then we publish how.",
            ["Elections", "Audit logs", "Open data"], ["People who run elections", "Review audit logs"], ["How we publish a count"], ["ar", "fr", "en"]),
        new("Ingrid Solheim", "ingrid", "", "Helse Vest", "Thirty years of health records. None lost, some found.",
            ["Health records", "Incident reviews", "Audit logs", "Sailing"], ["Review audit logs", "One curious operator to hire"], ["How to explain downtime to ministers"], ["nb", "en", "da"]),
        new("Rafael Moreira", "rafael", "", "Banco do Povo", "Payments that a third of a country stands on. It is always the session store.",
            ["Payments", "Session stores", "Load shedding"], ["On-call lead"], ["Payment rails explained"], ["pt", "es", "en"]),
        new("Nadia Benali", "nadia", "", "Digital Ontario", "A service that does not work with a keyboard does not work.",
            ["Accessibility", "Plain language", "Public money"], ["Teams who want a review"], ["Keyboard reviews", "Hiring advice"], ["fr", "en", "ar"]),
        new("Kwame Mensah", "kwame", "", "Accra Observatory", "I publish the numbers a city argues about.",
            ["Open data", "Public transport", "Maps"], ["Transit data from other cities"], ["Open transit data", "A primer on counting"], ["en", "fr"]),
        new("Elif Demir", "elif", "Producer of this event", "Keel Foundation", "If a stage goes quiet, you will see me run.",
            ["Live video", "Captions"], ["Volunteers for the autumn"], ["A stage", "Sound checks"], ["tr", "en", "de"]),
        new("Owen Gallagher", "owen", "Rail signalling, on the move", "Northern Lines", "Usually in a train, often in a tunnel.",
            ["Timetables", "Offline first", "Captions"], ["Others who write for bad networks"], ["Stories from tunnels"], ["en", "ga"]),
        new("Priya Raman", "priya", "Observability lead", "Tamil Nadu Health Systems", "Dashboards that somebody reads at three in the morning.",
            ["Observability", "Health records", "Incident reviews"], ["How to explain downtime to ministers", "A mentor"], ["Dashboards that help"], ["ta", "en", "hi"]),
        new("Chidi Nwosu", "chidi", "Grants for public software", "Open Records Fund", "I fund the boring parts. Ask me how.",
            ["Public money", "Archives", "Open data"], ["Projects worth a grant", "Grant readers"], ["Grant writing", "A reading of your proposal"], ["en", "ig"]),
        new("Sofia Herrera", "sofia", "Incident desk", "Metro de Quito", "The third call is mine.",
            ["Incident reviews", "Public transport", "Load shedding"], ["Who pays for maintenance", "The story of the Friday"], ["Incident desk in a box"], ["es", "en"]),
        new("Yuki Tanabe", "yuki", "Procurement of software", "City of Sendai", "I buy software for a city and try to buy less of it.",
            ["Public money", "Plain language", "Maps"], ["Two engineers in Tokyo", "Contracts that age well"], ["How a city buys"], ["ja", "en"]),
        new("Marta Silva", "marta", "Harbour systems", "Port of Porto", "Ships do not wait for a deploy.",
            ["Offline first", "Migrations", "Sailing"], ["A second opinion on queues"], ["A tour of the harbour"], ["pt", "en"]),
        new("David Achterberg", "david", "Site reliability", "Northgrid", "First time here. I keep the lights on, literally.",
            ["Load shedding", "Observability", "Runbooks"], ["An on-call lead", "On-call without burning out"], ["Load shedding, from the people who invented it"], ["nl", "en", "de"]),
        new("Tomas Wilk", "tomas", "Login and identity", "Digital Poland", "Our Friday was the login page.",
            ["Session stores", "Accessibility", "Load shedding"], ["The story of the Friday"], ["What a login page can take"], ["pl", "en"]),
    ];

    private static readonly string[] Work =
    [
        "Site reliability", "Database administration", "Records management", "Service design", "Network operations", "Release management", "Research", "Student, looking around", "Help desk", "Security operations",
    ];

    private static readonly string[] Places =
    [
        "City of Tartu", "Porto Water", "Federal Archive", "Northern Lines", "Open Records Fund", "Lisbon Libraries", "Helse Vest", "Rhine Locks", "University of Accra", "Digital Ontario", "Kyoto Buses", "Banco do Povo",
    ];

    private static readonly string[] Interests =
    [
        "Incident reviews", "Runbooks", "Open data", "Load shedding", "Accessibility", "Archives", "Migrations", "Public money", "Observability", "Payments", "Health records", "Captions", "Maps", "Session stores",
    ];

    private static readonly string[] Wishes =
    [
        "A mentor", "A first job", "An on-call lead", "Grant writing", "Open transit data", "On-call without burning out", "Review audit logs", "Others with very old data", "People new to on-call", "A second opinion on queues",
    ];

    private static readonly string[] Gifts =
    [
        "Review audit logs", "A first job", "Grant writing", "Dashboards that help", "Our runbooks", "Hiring advice", "Open transit data", "A mentor", "Keyboard reviews", "Introductions",
    ];

    private static readonly string[][] Tongues = [["en"], ["en", "de"], ["en", "fr"], ["pt", "en"], ["es", "en"], ["en", "sv"], ["fr", "en"], ["de", "en"]];

    /// <summary>The profile of somebody; sets their headline where they have none.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="number">Which of the many they are; each number has a mix of its own.</param>
    /// <param name="now">When they wrote it.</param>
    public static Profile Of(Person person, int number, DateTimeOffset now)
    {
        var said = Known.FirstOrDefault(k => k.Name == person.Name) ?? FromLists(person.Name, number);
        if (person.Headline.Length == 0) person.Headline = said.Headline;
        return new Profile
        {
            PersonId = person.Id,
            About = said.About,
            Company = said.Company,
            Portrait = said.Portrait,
            Interests = said.Interests,
            LooksFor = said.LooksFor,
            Offers = said.Offers,
            Languages = said.Languages,
            // Some are shy, in the demo as in life.
            Visibility = said.Portrait is null && number % 13 == 5 ? Visibility.Matches : said.Portrait is null && number % 29 == 7 ? Visibility.Hidden : Visibility.Open,
            ChangedAt = now,
        };
    }

    private static DemoProfile FromLists(string name, int number) => new(
        name, null, Pick(Work, number, 1)[0], Pick(Places, number * 5 + 1, 1)[0], "",
        Pick(Interests, number * 3, 2 + number % 3), Pick(Wishes, number * 7 + 2, 1 + number % 2), Pick(Gifts, number * 3 + 4, 1 + number % 2), Tongues[number % Tongues.Length]);

    /// <summary>So many different ones, beginning somewhere: the step has no divisor in common with the lengths of the lists.</summary>
    private static string[] Pick(string[] from, int start, int count) => [.. Enumerable.Range(0, count).Select(i => from[(start + i * 11) % from.Length]).Distinct()];
}

/// <summary>What one of them says.</summary>
/// <param name="Portrait">Key of the drawing; null: initials.</param>
/// <param name="Headline">Empty where the person has one.</param>
internal sealed record DemoProfile(string Name, string? Portrait, string Headline, string Company, string About, string[] Interests, string[] LooksFor, string[] Offers, string[] Languages);
