using Orleans.Runtime;
using Plenary.Platform;

namespace Plenary.Parties;

/// <summary>The parties that go on, wherever they are led.</summary>
internal sealed class LiveParties(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>A lost process is declared dead in a few seconds; until then asking again is worth it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks a party to do something. Refused: what the party refuses; not-kept when it did not answer in time.</summary>
    public async Task<string?> Do(Guid party, Func<IPartyGrain, Task<PartyAnswer>> what, CancellationToken cancellation)
    {
        var answer = await Ask(party, what, answer => answer.Again, cancellation);
        if (answer.Refused is { } code) PartyRefusals.Of(code).Throw();
        return answer.Document;
    }

    /// <summary>Asks a party something. Refused: not-kept when it did not answer in time.</summary>
    public async Task<string?> Ask(Guid party, Func<IPartyGrain, Task<string?>> what, CancellationToken cancellation) => await Ask(party, what, _ => false, cancellation);

    public Task Wake(Guid party) => grains.GetGrain<IPartyGrain>(party).Wake();

    public Task KeepApart(Guid party, Guid by, Guid whom) => grains.GetGrain<IPartyGrain>(party).KeepApart(by, whom);

    /// <summary>They may not be at the party any more.</summary>
    public Task Left(Guid party, Guid person) => grains.GetGrain<IPartyGrain>(party).Leave(person);

    public Task Came(Guid party, Guid[] people) => grains.GetGrain<IPartyGrain>(party).Came(people);

    private async Task<T> Ask<T>(Guid party, Func<IPartyGrain, Task<T>> what, Func<T, bool> again, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            try
            {
                var answer = await what(grains.GetGrain<IPartyGrain>(party)).WaitAsync(Patience, clock, cancellation);
                if (!again(answer)) return answer;
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException) { }
            if (clock.GetElapsedTime(started) > Patience) throw PartyRefusals.NotKept.AsException();
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock, cancellation);
        }
    }
}
