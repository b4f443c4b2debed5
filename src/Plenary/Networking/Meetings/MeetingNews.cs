using System.Text.Json;
using Plenary.Rooms.Attendance;

namespace Plenary.Networking.Meetings;

/// <summary>Tells both people of a meeting, wherever they are, that it changed or that its call is open.</summary>
public sealed class MeetingNews(LivePeople people)
{
    /// <summary>What they are told about: <c>{ id, state, opens? }</c>; the truth is asked for.</summary>
    public const string TellAbout = "meetings";

    public Task Tell(Meeting meeting, bool opens = false) => people.TellAll(meeting.EventId, [meeting.ById, meeting.WithId], TellAbout,
        JsonSerializer.Serialize(new { id = meeting.Id, state = meeting.State.ToString(), opens }));
}
