using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Polls;

/// <summary>What a poll found out, as a table (RFC 4180) for its staff: one row for each vote, or for an anonymous one for each answer.</summary>
internal static class PollFiles
{
    public static void MapPollFiles(this IEndpointRouteBuilder app) => app.MapGet("/polls/{id:guid}.csv", async (Guid id, HttpContext http, Polling polling, IDbContextFactory<Db> dbs) =>
    {
        var cancellation = http.RequestAborted;
        await polling.RequireStaffOf(Viewer.Of(http.User), id, cancellation);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var poll = await db.Set<Poll>().AsNoTracking().SingleAsync(p => p.Id == id, cancellation);
        var text = new StringBuilder();
        if (poll.Anonymous || poll.State == PollState.Draft)
        {
            Row(text, "answer", poll.Kind == PollKind.Ranking ? "points" : "votes");
            foreach (var result in PollNow.Show(poll, new(poll.Kind, poll.Counts), int.MaxValue)) Row(text, result.Label, Number(result.Count));
        }
        else
        {
            Row(text, "person", "answer", "at", "points");
            var votes = from vote in db.Set<PollVote>() where vote.PollId == id join person in db.Set<Person>() on vote.PersonId equals person.Id orderby person.Name, person.Id select new { person.Name, vote.Choice, vote.At, vote.Points };
            await foreach (var vote in votes.AsAsyncEnumerable().WithCancellation(cancellation))
                Row(text, vote.Name, string.Join("; ", Answers(poll, vote.Choice)), vote.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), poll.Kind == PollKind.Quiz ? Number(vote.Points) : "");
        }
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text.ToString())).ToArray(), "text/csv; charset=utf-8", $"poll-{id}.csv");
    });

    private static IEnumerable<string> Answers(Poll poll, string choice) => poll.Kind switch
    {
        PollKind.Words => PollChoice.Words(choice),
        PollKind.Rating => PollChoice.Picks(choice).Select(Number),
        _ => PollChoice.Picks(choice).Select(pick => poll.Options[pick]),
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, params ReadOnlySpan<string> fields) => text.Append(Csv.Row(fields));
}
