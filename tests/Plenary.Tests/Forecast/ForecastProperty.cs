using CsCheck;
using Plenary.Forecast;
using Plenary.Platform.Time;

namespace Plenary.Tests.Forecast;

/// <summary>What must hold of a forecast whatever is planned.</summary>
public sealed class ForecastProperty
{
    private static readonly DateTimeOffset Now = new(2031, 5, 14, 8, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan[] Spans = [.. ExpectedCrowd.Within.Select(w => w.Span)];

    private static readonly Gen<ShowRate> Rates = Gen.Select(Gen.Double[0.01, 1], Gen.Int[0, 400], Gen.Int[0, 400]).Select((prior, registered, came) => ShowRate.Of(prior, [new(registered, Math.Min(came, registered))]));

    /// <summary>Events around now, on the minute, with agendas that have pauses, nights and overlaps.</summary>
    private static readonly Gen<NearEvent> Events = Gen.Select(Gen.Int[-600, 2000], Gen.Select(Gen.Int[0, 1500], Gen.Int[5, 400]).Array[0, 8], Gen.Int[0, 5000], Gen.Int[0, 3000], Gen.Int[0, 500], Rates)
        .Select((start, sessions, registered, free, recent, rate) =>
        {
            var from = Now.AddMinutes(start);
            Stretch[] agenda = [.. sessions.Select(s => new Stretch(from.AddMinutes(s.Item1), from.AddMinutes(s.Item1 + s.Item2)))];
            return new NearEvent(Guid.CreateVersion7(), from, agenda.Select(s => s.To).Append(from.AddHours(1)).Max(), agenda, registered, registered + free, Math.Min(recent, registered), Math.Min(recent / 3, registered), rate);
        });

    [Fact]
    public void MoreRegistrationsNeverLowerIt() => Gen.Select(Events.Array[1, 4], Gen.Int[0, 400], Gen.Int[0, 400], Gen.Int[0, 400]).Sample((events, more, day, hour) =>
    {
        var first = events[0];
        var grown = first with { Registered = first.Registered + more, Capacity = first.Capacity + more, LastDay = first.LastDay + day, LastHour = first.LastHour + hour };
        Assert.All(ForecastModel.Most(events, Now, Spans).Zip(ForecastModel.Most([grown, .. events[1..]], Now, Spans)), pair => Assert.True(pair.First <= pair.Second + 1e-9));
        Assert.True(ForecastModel.PeakOf(first, Now).Expected <= ForecastModel.PeakOf(grown, Now).Expected + 0.5); // the peak is chosen by whole people
    }, iter: 1000);

    [Fact]
    public void ItNeverExceedsThePlacesAndGrowsWithTheTimeAhead() => Events.Array[1, 4].Sample(events =>
    {
        var most = ForecastModel.Most(events, Now, Spans);
        Assert.Equal(most.Order(), most);
        Assert.InRange(most[^1], 0, events.Sum(e => e.Capacity));
        foreach (var @event in events)
        {
            var peak = ForecastModel.PeakOf(@event, Now);
            Assert.True(0 <= peak.Low && peak.Low <= peak.Expected + 1e-9 && peak.Expected <= peak.High + 1e-9 && peak.High <= @event.Capacity);
        }
    }, iter: 1000);

    [Fact]
    public void TheSumOfEventsIsWhatTheyAddUpToMinuteByMinute() => Events.Array[1, 4].Sample(events =>
    {
        var expected = Enumerable.Range(0, 61).Max(minute => events.Sum(e => ForecastModel.Attendees(e, Now, Now.AddMinutes(minute))));
        Assert.Equal(expected, ForecastModel.Most(events, Now, [TimeSpan.FromHours(1)])[0], 6);
    }, iter: 500);

    [Fact]
    public void WhatIsLearnedLiesBetweenWhatWasAndWhatWasAssumed() => Gen.Select(Gen.Double[0.05, 1], Gen.Select(Gen.Int[1, 5000], Gen.Double[0, 1]).Array[1, 10]).Sample((prior, past) =>
    {
        PastEvent[] events = [.. past.Select(p => new PastEvent(p.Item1, (int)(p.Item1 * p.Item2)))];
        var was = events.Sum(e => e.Came) / (double)events.Sum(e => e.Registered);
        var rate = ShowRate.Of(prior, events);
        Assert.InRange(rate.Mean, Math.Min(prior, was) - 1e-9, Math.Max(prior, was) + 1e-9);
        Assert.InRange(rate.Deviation, 0, 1);
    }, iter: 1000);

    [Theory]
    [InlineData("2031-03-30T09:30")] // clocks in Berlin went forward at two that night
    [InlineData("2031-10-26T09:30")] // and back
    [InlineData("2031-06-15T09:30")]
    public void DoorsOpenByTheWallClockOfTheEventAlsoWhenClocksChange(string local)
    {
        var zone = WallClock.Zone("Europe/Berlin");
        var start = zone.ToInstant(WallClock.Parse(local, "start"));
        var evening = start.AddHours(-15); // the day before, so that the change lies between
        var @event = new NearEvent(Guid.CreateVersion7(), start, start.AddHours(2), [new(start, start.AddHours(2))], 1000, 1000, 0, 0, ShowRate.Of(0.6, []));
        Assert.Equal(0, ForecastModel.Attendees(@event, evening, zone.ToInstant(WallClock.Parse(local[..11] + "08:30", "doors"))), 6);
        Assert.Equal(120, ForecastModel.Attendees(@event, evening, zone.ToInstant(WallClock.Parse(local[..11] + "09:15", "rush"))), 6);
        Assert.Equal(600, ForecastModel.Attendees(@event, evening, zone.ToInstant(WallClock.Parse(local[..11] + "09:30", "start"))), 6);
        Assert.Equal(300, ForecastModel.Attendees(@event, evening, zone.ToInstant(WallClock.Parse(local[..11] + "11:45", "leaving"))), 6);
        // The same instants in another zone are the same forecast.
        var elsewhere = @event with { StartsAt = start.ToOffset(TimeSpan.FromHours(-7)), Sessions = [new(start.ToOffset(TimeSpan.FromHours(9)), start.AddHours(2))] };
        Assert.Equal(ForecastModel.Most([@event], evening, Spans), ForecastModel.Most([elsewhere], evening.ToOffset(TimeSpan.FromHours(5)), Spans));
    }

    [Fact]
    public void PeopleStayOverLunchAndGoHomeForTheNight()
    {
        var @event = new NearEvent(Guid.CreateVersion7(), Now, Now.AddHours(26), [new(Now, Now.AddHours(3)), new(Now.AddHours(4.5), Now.AddHours(8)), new(Now.AddHours(24), Now.AddHours(26))], 100, 100, 0, 0, ShowRate.Of(0.5, []));
        Assert.Equal(50, ForecastModel.Attendees(@event, Now, Now.AddHours(4)));
        Assert.Equal(0, ForecastModel.Attendees(@event, Now, Now.AddHours(12)));
        Assert.Equal(50, ForecastModel.Attendees(@event, Now, Now.AddHours(24)));
    }

    [Fact]
    public void RegistrationsGoOnForADayAtMostAndWhileThereArePlaces()
    {
        var @event = new NearEvent(Guid.CreateVersion7(), Now.AddDays(9), Now.AddDays(9).AddHours(1), [], 1000, 1100, 240, 30, ShowRate.Of(0.5, []));
        Assert.Equal(1100, ForecastModel.PeakOf(@event, Now).Registered);
        Assert.Equal(1240, ForecastModel.PeakOf(@event with { Capacity = 9000 }, Now).Registered);
        var soon = @event with { StartsAt = Now.AddHours(1), EndsAt = Now.AddHours(2), Capacity = 9000 };
        Assert.Equal(515, ForecastModel.Attendees(soon, Now, Now.AddHours(1))); // the last hour was busier than the day
    }
}
