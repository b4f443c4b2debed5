using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Polls;

/// <summary>Who is ahead in a quiz.</summary>
/// <param name="Closed">Questions that it counts.</param>
/// <param name="Players">People who answered one of them.</param>
/// <param name="Rows">The first ten; then the viewer when they are further down, between who has a little more and who has a little less.</param>
public sealed record Leaderboard(int Closed, int Players, IReadOnlyList<LeaderboardRow> Rows);

/// <summary>Somebody's place.</summary>
/// <param name="Place">From 1; those with the same points share one.</param>
/// <param name="Person">Who.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Points">Of all closed questions.</param>
/// <param name="Right">Questions that they answered rightly.</param>
/// <param name="You">It is the viewer.</param>
public sealed record LeaderboardRow(int Place, Guid Person, string Name, int Points, int Right, bool You);

/// <summary>Reads leaderboards: a few queries, whatever the number of players.</summary>
public sealed class Leaderboards(IDbContextFactory<Db> dbs, DoorCheck door)
{
    private const int Top = 10;

    /// <summary>Refused: not-found for who may not enter the room.</summary>
    public async Task<Leaderboard> Of(Viewer viewer, Guid room, string series, CancellationToken cancellation)
    {
        var pass = await door.PassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var polls = await db.Set<Poll>().Where(p => p.RoomId == room && p.Kind == PollKind.Quiz && p.Series == series && p.State == PollState.Closed).Select(p => p.Id).ToListAsync(cancellation);
        var sums = db.Set<PollVote>().Where(v => polls.Contains(v.PollId)).GroupBy(v => v.PersonId)
            .Select(g => new { Person = g.Key, Points = g.Sum(v => v.Points), Right = g.Count(v => v.Points > 0) });
        var players = await sums.CountAsync(cancellation);
        var top = await sums.OrderByDescending(s => s.Points).ThenBy(s => s.Person).Take(Top).ToListAsync(cancellation);
        var mine = await sums.Where(s => s.Person == pass.Person).SingleOrDefaultAsync(cancellation);
        if (mine is not null && top.TrueForAll(s => s.Person != mine.Person))
        {
            // Of those with as many points as others, one stands for all.
            var ahead = await sums.Where(s => s.Points > mine.Points).OrderBy(s => s.Points).ThenBy(s => s.Person).FirstOrDefaultAsync(cancellation);
            var behind = await sums.Where(s => s.Points < mine.Points).OrderByDescending(s => s.Points).ThenBy(s => s.Person).FirstOrDefaultAsync(cancellation);
            foreach (var one in new[] { ahead, mine, behind })
                if (one is not null && top.TrueForAll(s => s.Person != one.Person)) top.Add(one);
        }
        var ids = top.ConvertAll(s => s.Person);
        var names = await db.Set<Person>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        var rows = new List<LeaderboardRow>();
        foreach (var (n, row) in top.Index())
        {
            var place = n < Top ? top.FindIndex(s => s.Points == row.Points) + 1 : await sums.CountAsync(s => s.Points > row.Points, cancellation) + 1;
            rows.Add(new(place, row.Person, names[row.Person], row.Points, row.Right, row.Person == pass.Person));
        }
        return new(polls.Count, players, rows);
    }
}

/// <summary>A leaderboard in the graph.</summary>
public sealed class LeaderboardType : ObjectGraphType<Leaderboard>
{
    public LeaderboardType()
    {
        Name = "Leaderboard";
        Field(b => b.Closed).Description("Questions that it counts.");
        Field(b => b.Players).Description("People who answered one of them.");
        Field("rows", b => b.Rows, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<LeaderboardRowType>>>)).Description("The first ten; then the viewer, between who has a little more and who has a little less.");
    }
}

/// <summary>Somebody's place in the graph.</summary>
public sealed class LeaderboardRowType : ObjectGraphType<LeaderboardRow>
{
    public LeaderboardRowType()
    {
        Name = "LeaderboardRow";
        Field(r => r.Place).Description("Those with the same points share one.");
        Field("person", r => r.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.Name);
        Field(r => r.Points);
        Field(r => r.Right).Description("Questions that they answered rightly.");
        Field(r => r.You).Description("It is the viewer.");
    }
}
