using Plenary.Events;
using Plenary.Platform.Graph;

namespace Plenary.Agenda;

/// <summary>The agenda: sessions in rooms, and the people who speak in them.</summary>
public static class AgendaSlice
{
    public static void AddAgenda(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IEventPart, AgendaOfEvent>();
        builder.Services.AddGraphPart<AgendaGraph>();
    }
}
