using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Polls;

/// <summary>
/// The polls of a room as its grain holds them, with who has voted in the open ones, and the rules of what may change. A group of commands is applied between <see cref="Begin"/> and
/// <see cref="Save()"/>; when that fails the whole book is read anew.
/// </summary>
internal sealed class PollBook : IBook<PollCommand>
{
    public const int MostPolls = 100;

    private const int RightPoints = 500;

    /// <summary>After it has closed by itself, answers that were on their way still count.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly Guid room;
    private readonly Dictionary<Guid, Entry> polls;
    private readonly Dictionary<(Guid Poll, Guid Person), PollVote> written = [];
    private Db? db;

    private PollBook(Guid room, Dictionary<Guid, Entry> polls) => (this.room, this.polls) = (room, polls);

    /// <summary>Polls that were changed since the last time that was asked, drafts included.</summary>
    public HashSet<Guid> Changed { get; } = [];

    /// <summary>A draft was changed, or something became no draft.</summary>
    public int Drafts { get; private set; }

    public static async Task<PollBook> Read(Db db, Guid room)
    {
        var rows = await db.Set<Poll>().AsNoTracking().Where(p => p.RoomId == room).ToListAsync();
        var book = new PollBook(room, rows.ToDictionary(p => p.Id, p => new Entry(p)));
        foreach (var entry in book.polls.Values.Where(e => e.Poll.State == PollState.Open)) await entry.ReadVotes(db);
        return book;
    }

    /// <summary>From now on, changes go to this unit of work.</summary>
    public void Begin(Db work, IReadOnlyList<PollCommand> commands)
    {
        db = work;
        written.Clear();
    }

    /// <summary>Applies one command. Refused as the rules say; then nothing has changed.</summary>
    public async Task<string> Apply(PollCommand command, DateTimeOffset now)
    {
        switch (command.Act)
        {
            case PollAct.Vote: return Vote(command, now);
            case PollAct.Save: Save(command); break;
            case PollAct.Open: await Open(Find(command.Poll), now); break;
            case PollAct.Close: Close(Find(command.Poll), now); break;
            case PollAct.Remove: Remove(Find(command.Poll)); break;
            default: throw new ArgumentOutOfRangeException(nameof(command), command.Act, null);
        }
        return "{}";
    }

    /// <summary>Writes the tallies with the votes; of polls that nobody votes in any more who has voted is forgotten.</summary>
    public async Task Save()
    {
        foreach (var entry in polls.Values.Where(e => db!.Entry(e.Poll).State is not EntityState.Detached and not EntityState.Deleted)) entry.WriteTally();
        if (db!.ChangeTracker.HasChanges()) await db.SaveChangesAsync();
        db = null;
        foreach (var entry in polls.Values.Where(e => e.Poll.State != PollState.Open)) entry.Forget();
    }

    /// <summary>The polls at this moment: all, or of those that are no drafts the ones of these ids.</summary>
    public PollsNow Now(long version, DateTimeOffset now, bool staff, IReadOnlySet<Guid>? only = null)
    {
        var all = polls.Values.Where(e => staff || e.Poll.State != PollState.Draft).OrderBy(e => e.Poll.Position).ThenBy(e => e.Poll.Id).ToList();
        var places = polls.Values.Where(e => e.Poll.Kind == PollKind.Quiz).GroupBy(e => e.Poll.Series)
            .SelectMany(series => series.OrderBy(e => e.Poll.Position).ThenBy(e => e.Poll.Id).Select((e, n) => (e.Poll.Id, n + 1))).ToDictionary(p => p.Id, p => p.Item2);
        return new(room, version, now.ToUnixTimeMilliseconds(), Drafts, all.ConvertAll(e => e.Poll.Id),
            [.. all.Where(e => only?.Contains(e.Poll.Id) != false).Select(e => PollNow.Of(e.Poll, e.Tally, places.GetValueOrDefault(e.Poll.Id), staff))]);
    }

    /// <summary>Those that are open.</summary>
    public IEnumerable<Poll> OpenOnes => polls.Values.Where(e => e.Poll.State == PollState.Open).Select(e => e.Poll);

    private string Vote(PollCommand command, DateTimeOffset now)
    {
        var entry = Find(command.Poll);
        var poll = entry.Poll;
        if (poll.State != PollState.Open || now > poll.ClosesAt + Late) PollRefusals.NotOpen.Throw();
        var said = JsonSerializer.Deserialize<PollSaid>(command.Data, PollsNow.Json)!;
        var choice = PollChoice.Canonical(poll, said.Picks, said.Words);
        var before = entry.Votes.GetValueOrDefault(command.Person);
        if (poll.Anonymous)
        {
            if (before is not null) PollRefusals.Voted.Throw();
            Touch(entry);
            db!.Add(new PollVoter { PollId = poll.Id, PersonId = command.Person });
            entry.Votes.Add(command.Person, "");
        }
        else
        {
            if (before == choice) return Counted(choice);
            Touch(entry);
            var vote = new PollVote { PollId = poll.Id, PersonId = command.Person, Choice = choice, At = now, Points = Points(poll, choice, now) };
            // Twice in one group it is one row that is changed twice.
            // Remembered here: asking the unit of work for it looks through all votes of the group each time.
            if (written.TryGetValue((poll.Id, command.Person), out var same)) db!.Entry(same).CurrentValues.SetValues(vote);
            else
            {
                if (before is null) db!.Add(vote);
                else db!.Update(vote);
                written.Add((poll.Id, command.Person), vote);
            }
            entry.Votes[command.Person] = choice;
            if (before is not null) entry.Tally.Remove(before);
        }
        entry.Tally.Add(choice);
        if (before is null) poll.Voters++;
        return Counted(poll.Anonymous ? null : choice);

        static string Counted(string? choice) => JsonSerializer.Serialize(new { counted = true, choice });
    }

    /// <summary>For the right answer, and as much again the earlier it came.</summary>
    private static int Points(Poll poll, string choice, DateTimeOffset now)
    {
        if (poll.Kind != PollKind.Quiz || PollChoice.Picks(choice)[0] != poll.Right) return 0;
        if (poll.BonusSeconds == 0) return RightPoints;
        var left = 1 - (now - poll.OpenedAt!.Value).TotalSeconds / poll.BonusSeconds;
        return RightPoints + (int)Math.Round(RightPoints * Math.Clamp(left, 0, 1));
    }

    private void Save(PollCommand command)
    {
        var wish = JsonSerializer.Deserialize<PollWish>(command.Data, PollsNow.Json)!;
        Entry entry;
        if (polls.TryGetValue(command.Poll, out var known))
        {
            entry = known;
            if (entry.Poll.State != PollState.Draft) PollRefusals.Opened.Throw();
            Touch(entry);
        }
        else
        {
            if (polls.Count >= MostPolls) PollRefusals.TooMany.Throw();
            entry = new(new Poll { Id = command.Poll, RoomId = room, Question = "", Position = polls.Values.Select(e => e.Poll.Position).DefaultIfEmpty(0).Max() + 1 });
            polls.Add(command.Poll, entry);
            db!.Add(entry.Poll);
            Changed.Add(command.Poll);
        }
        wish.Write(entry.Poll);
        entry.Retally();
        Drafts++;
    }

    private async Task Open(Entry entry, DateTimeOffset now)
    {
        var poll = entry.Poll;
        if (poll.State == PollState.Open) return;
        await entry.ReadVotes(db!);
        Touch(entry);
        if (poll.State == PollState.Draft) Drafts++;
        poll.State = PollState.Open;
        poll.OpenedAt = now;
        poll.ClosesAt = poll.ClosesAfter is { } seconds ? now.AddSeconds(seconds) : null;
    }

    private void Close(Entry entry, DateTimeOffset now)
    {
        if (entry.Poll.State != PollState.Open) return;
        Touch(entry);
        entry.Poll.State = PollState.Closed;
        entry.Poll.ClosesAt = now;
    }

    private void Remove(Entry entry)
    {
        Touch(entry);
        db!.Remove(entry.Poll);
        polls.Remove(entry.Poll.Id);
        Drafts++;
    }

    private Entry Find(Guid poll) => polls.TryGetValue(poll, out var entry) ? entry : throw Refusal.NotFound.AsException();

    /// <summary>What changes from here on is saved.</summary>
    private void Touch(Entry entry)
    {
        Changed.Add(entry.Poll.Id);
        if (db!.Entry(entry.Poll).State == EntityState.Detached) db.Attach(entry.Poll);
    }

    private sealed class Entry(Poll poll)
    {
        public Poll Poll { get; } = poll;

        public PollTally Tally { get; private set; } = new(poll.Kind, poll.Counts);

        /// <summary>What each has chosen; of an anonymous poll only that they have.</summary>
        public Dictionary<Guid, string> Votes { get; private set; } = [];

        public async Task ReadVotes(Db db) => Votes = Poll.Anonymous
            ? await db.Set<PollVoter>().AsNoTracking().Where(v => v.PollId == Poll.Id).ToDictionaryAsync(v => v.PersonId, _ => "")
            : await db.Set<PollVote>().AsNoTracking().Where(v => v.PollId == Poll.Id).ToDictionaryAsync(v => v.PersonId, v => v.Choice);

        public void Forget() => Votes = [];

        public void Retally() => Tally = new(Poll.Kind, Poll.Counts);

        public void WriteTally()
        {
            var counts = Tally.ToJson();
            if (counts != Poll.Counts) Poll.Counts = counts;
        }
    }
}

/// <summary>What a voter says.</summary>
internal sealed record PollSaid(Guid Poll, int[]? Picks = null, string[]? Words = null);
