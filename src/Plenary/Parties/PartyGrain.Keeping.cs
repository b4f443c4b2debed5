namespace Plenary.Parties;

/// <summary>How what happened is kept and told.</summary>
internal sealed partial class PartyGrain
{
    /// <summary>Answers when all that has happened so far is kept; false when it was not.</summary>
    private Task<bool> Kept()
    {
        if (standingDown) return Task.FromResult(false);
        if (!live!.HasChanged && !pumping) return Task.FromResult(true);
        // What is being kept now may not have it yet; what is kept next has.
        var mine = kept.Task;
        if (!pumping)
        {
            pumping = true;
            _ = Pump();
        }
        return mine;
    }

    private async Task Pump()
    {
        try
        {
            while (live!.HasChanged && !standingDown)
            {
                var rest = KeepEvery - clock.GetElapsedTime(keptAt);
                if (keptAt != 0 && rest > TimeSpan.Zero) await Task.Delay(rest, clock);
                keptAt = clock.GetTimestamp();
                if (newcomers.Count > 0) await Acquaint();
                var (mine, changes) = (kept, live.Take());
                kept = Open();
                if (!await store.Keep(live, changes))
                {
                    mine.TrySetResult(false);
                    StandDown(null);
                    return;
                }
                mine.TrySetResult(true);
                await Tell(changes);
                Rewind();
            }
        }
#pragma warning disable CA1031 // Whatever it was, what is true now stands in the database only.
        catch (Exception error)
        {
            StandDown(error);
        }
#pragma warning restore CA1031
        finally
        {
            pumping = false;
            if (live!.HasChanged && !standingDown) _ = Kept();
            else kept.TrySetResult(!standingDown);
            if (kept.Task.IsCompleted) kept = Open();
        }
    }

    private async Task Tell(PartyChanges changes)
    {
        // Whom they meet they learn before the round begins; that one is over they see by the clock that everybody is told.
        var begins = live!.Party.Phase == PartyPhase.Card;
        if (changes.Phase && !begins) await TellNow();
        await TellEach(changes.Tell);
        if (changes.Phase && begins) await TellNow();
        if (changes.Phase && live.Began is { } began && began != toldOf)
        {
            toldOf = began;
            PartyNews.Told(clock.GetUtcNow() - began);
        }
        else if (!changes.Phase && !numbersChanged)
        {
            numbersChanged = true;
            _ = TellNumbers();
        }
        if (changes.Calls.Count > 0) _ = EndCalls(changes.Calls);
    }

    private Task TellEach(IEnumerable<Guid> people)
    {
        var each = new List<(Guid, string)>();
        foreach (var person in people)
            if (live!.MemberOf(person) is { } member) each.Add((person, PartyJson.Write(MyOf(member))));
        return news.Each(live!.Party.EventId, each);
    }

    private Task TellNow()
    {
        (numbersChanged, toldAt) = (false, clock.GetTimestamp());
        return news.Now(live!.Party.EventId, [.. live.Members.Where(m => m.State != PartyMemberState.Left).Select(m => m.PersonId)], PartyJson.Write(live.Now()));
    }

    private async Task TellNumbers()
    {
        var rest = PartyNews.Every - clock.GetElapsedTime(toldAt);
        if (toldAt != 0 && rest > TimeSpan.Zero) await Task.Delay(rest, clock);
        if (numbersChanged && !standingDown) await TellNow();
    }

    /// <summary>Browsers hang up by themselves when it is time. Whoever does not is put out.</summary>
    private async Task EndCalls(List<(Guid Call, Guid? Person)> ended)
    {
        await Parallel.ForEachAsync(ended, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, TaskScheduler = TaskScheduler.Default }, async (one, _) =>
        {
            try
            {
                await (one.Person is { } person ? calls.Kick(one.Call, person, PartyRefusals.MeetingOver) : calls.End(one.Call, PartyRefusals.MeetingOver));
            }
#pragma warning disable CA1031 // The door lets nobody in any more.
            catch (Exception error)
            {
                logger.LogInformation(error, "The call of meeting {Meeting} was not ended", one.Call);
            }
#pragma warning restore CA1031
        });
    }

    private void StandDown(Exception? error)
    {
        if (error is null) logger.LogWarning("Party {Party} is led elsewhere", Id);
        else logger.LogWarning(error, "Party {Party} could not be kept at version {Version} and stands down", Id, live?.Party.Version);
        standingDown = true;
        timer?.Dispose();
        kept.TrySetResult(false);
        DeactivateOnIdle();
    }
}
