using Plenary.Agenda.Exchange;
using Plenary.Agenda.Personal;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;

namespace Plenary.Agenda;

/// <summary>The agenda: sessions in rooms, and the people who speak in them.</summary>
public static class AgendaSlice
{
    public static void AddAgenda(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IEventPart, AgendaOfEvent>();
        builder.Services.AddSingleton<IPersonalLinkSource, SpeakerLinks>();
        builder.Services.AddSingleton<SpeakerEditing>();
        builder.Services.AddSingleton<SpeakerInvitations>();
        builder.Services.AddGraphPart<AgendaGraph>();
        builder.Services.AddGraphPart<AgendaEditingGraph>();
        builder.Services.AddGraphPart<PersonalAgendaGraph>();
    }

    public static void MapAgenda(this WebApplication app)
    {
        app.MapAgendaFiles();
        app.MapPersonalAgenda();
    }
}
