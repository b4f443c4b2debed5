using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Questions;

/// <summary>Who has voted for what, of the people of one group of commands: read once, changed here, and written as what is different in the end.</summary>
internal sealed class QuestionVotes(Db db, IReadOnlyCollection<Guid> people)
{
    private readonly Dictionary<(Guid Question, Guid Person), bool> wanted = [];
    private HashSet<(Guid Question, Guid Person)>? kept;

    /// <summary>False when it was so already.</summary>
    public async Task<bool> Set(Guid question, Guid person, bool votes)
    {
        kept ??= (await db.Set<QuestionVote>().AsNoTracking().Where(v => people.Contains(v.PersonId)).Select(v => new { v.QuestionId, v.PersonId }).ToListAsync())
            .Select(v => (v.QuestionId, v.PersonId)).ToHashSet();
        var was = wanted.TryGetValue((question, person), out var now) ? now : kept.Contains((question, person));
        wanted[(question, person)] = votes;
        return was != votes;
    }

    /// <summary>The question is withdrawn, and its votes with it.</summary>
    public void Forget(Guid question)
    {
        foreach (var vote in wanted.Keys.Where(v => v.Question == question).ToList()) wanted.Remove(vote);
    }

    /// <summary>Hands what is different to the unit of work.</summary>
    public void Write()
    {
        foreach (var ((question, person), votes) in wanted)
        {
            var vote = new QuestionVote { QuestionId = question, PersonId = person };
            if (votes && !kept!.Contains((question, person))) db.Add(vote);
            else if (!votes && kept!.Contains((question, person))) db.Remove(vote);
        }
        wanted.Clear();
    }

    /// <summary>Others have changed them in the database: they are read again when they are needed.</summary>
    public void Reset() => kept = null;
}
