using Plenary.Platform.Database;
using Plenary.Platform.Graph;

namespace Plenary.Rooms.Chat;

/// <summary>What the chat of rooms registers and maps.</summary>
internal static class ChatServices
{
    public static void AddChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<LinkPreviews>();
        services.AddSingleton<ChatPosting>();
        services.AddSingleton<ChatReading>();
        services.AddSingleton<IRoomAct, ReactToMessage>();
        services.AddSingleton<IRoomAct, EditMessage>();
        services.AddSingleton<IRoomAct, RemoveMessage>();
        services.AddSingleton<IRoomAct, PinMessage>();
        services.AddSingleton(new DatabaseScript("chat"));
        services.AddGraphPart<ChatGraph>();
    }
}
