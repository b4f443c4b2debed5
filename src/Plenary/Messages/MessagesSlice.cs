using Plenary.Calls;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Profiles;

namespace Plenary.Messages;

/// <summary>
/// Messages between people of an event: conversations of two and small groups that only their people can read, with files, calls and mails for the absent.
/// Slices above use <see cref="Messaging"/> to write in somebody's name, and nothing to read.
/// </summary>
public static class MessagesSlice
{
    public static void AddMessages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MessageLimits>();
        services.AddSingleton<MessageNews>();
        services.AddSingleton<MessageReading>();
        services.AddSingleton<Messaging>();
        services.AddSingleton<Groups>();
        services.AddSingleton<MessageReports>();
        services.AddSingleton<MessageFiles>();
        services.AddSingleton<MessageDigest>();
        services.AddSingleton<ConversationCalls>();
        services.AddSingleton<ICallDoor, ConversationCallDoor>();
        services.AddSingleton<WhenBlocked>(provider => (by, whom, cancellation) => provider.GetRequiredService<ConversationCalls>().Apart(by, whom, cancellation));
        services.AddRepeatingJob<SendMessageDigests>(SendMessageDigests.JobKind, TimeSpan.FromMinutes(5));
        services.AddRepeatingJob<TidyMessageFiles>(TidyMessageFiles.JobKind, TimeSpan.FromDays(1));
        services.AddGraphPart<MessagesGraph>();
    }

    public static void MapMessages(this IEndpointRouteBuilder app) => MessageFiles.Map(app);
}
